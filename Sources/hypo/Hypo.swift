@main struct Hypo { static func main() { print("hypo") } }
