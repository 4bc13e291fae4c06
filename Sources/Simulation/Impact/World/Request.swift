/// One use of a product: somebody does something.
struct Request {
    var time: Double
    var account: Int
    var user: Int
    var deployment: Int
    var function: Int
    /// Its own number, from which its ids are made.
    var serial: Int
    /// The number of the request that it repeats, or its own: the thing it is about is the same.
    var origin: Int
}
