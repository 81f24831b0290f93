/// One place in which a result is another one than was recorded. (stand-in)
struct Difference: Equatable {
  var path: String
  var recorded: String
  var came: String
  var why: String
}
