import Notebook
import Reports
import Server

/// The names of the database that a session is connected to, read in the background and kept.
///
/// The old ones stay until new ones are there, unless the session became another one.
final class CatalogNamesSource {
  /// How old names may be before a Tab has them read again.
  static let oldest = Duration.seconds(180)
  /// How long a Tab waits for names that are just being read.
  static let patience = Duration.milliseconds(30)

  private let workspace: Workspace
  private(set) var names: CatalogNames?
  private var owner: Session?
  private var searchPath: String?
  private var loader: CatalogNamesLoader?
  private var failure: String?
  private var read = ContinuousClock.now
  private var isWanted = false
  private var isPaused = false

  init(_ workspace: Workspace) { self.workspace = workspace }

  /// What the editor polls beside the keyboard; begins to read when that is due.
  func descriptors() -> [(descriptor: Int32, forWriting: Bool)] {
    begin()
    return loader?.descriptors ?? []
  }

  /// Goes on reading; quick.
  func proceed() {
    loader?.proceed()
    take()
  }

  /// The names for a Tab, and why there are none.
  func forTab() -> (names: CatalogNames?, lack: String?) {
    if loader == nil, owner != nil, ContinuousClock.now - read > Self.oldest { isWanted = true }
    begin()
    if names == nil {
      loader?.wait(atMost: Self.patience)
      take()
    }
    guard names == nil, owner != nil else { return (names, nil) }
    return (nil, failure.map { "the names could not be read: \($0)" } ?? "names are being read")
  }

  /// Before commands run: nothing may be open on the server then, for a build waits for all that reads. A
  /// question that a command asks is no time to read either.
  func pause() {
    isPaused = true
    guard loader != nil else { return }
    loader = nil
    isWanted = true
  }

  /// After commands have run.
  func resume(after commands: [String]) {
    isPaused = false
    if commands.contains(where: { CommandWords.effects(of: $0).mayChangeNames }) { isWanted = true }
  }

  private func begin() {
    if isPaused { return }
    guard let session = workspace.session else {
      (owner, names, loader, failure) = (nil, nil, nil, nil)
      return
    }
    if owner !== session {
      (owner, names, loader, failure) = (session, nil, nil, nil)
      isWanted = true
    }
    if session.searchPathSetting != searchPath {
      (searchPath, loader) = (session.searchPathSetting, nil)
      isWanted = true
    }
    guard isWanted, loader == nil else { return }
    isWanted = false
    loader = CatalogNamesLoader(session)
    take()
  }

  private func take() {
    guard let loader else { return }
    switch loader.state {
    case .reading: return
    case .done(let new): (names, failure) = (new, nil)
    case .failed(let error): failure = error.message
    }
    self.loader = nil
    read = .now
  }
}
