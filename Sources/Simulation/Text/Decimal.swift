/// A number with a fixed number of decimals, a point and no exponent.
///
/// Half is rounded away from zero. Written here because C's formatting follows the locale.
///
/// - Parameters:
///   - value: finite, from 0 to 1e12.
///   - places: 1 to 6.
func decimal(_ value: Double, places: Int) -> String {
    let scale = (0..<places).reduce(1) { power, _ in power * 10 }
    let scaled = Int((value * Double(scale)).rounded())
    return String(scaled / scale) + "." + DeskNames.padded(scaled % scale, places)
}
