extension Double {
    /// The nearest number with so many digits after the point, of two that are as near the one further from 0.
    public func rounded(places: Int) -> Double {
        let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
        return (self * scale).rounded() / scale
    }
}
