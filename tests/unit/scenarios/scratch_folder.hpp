// A folder of files for one test, gone with it.
#pragma once

#include <string>

namespace muster {

class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  /// Writes a file, with the folders above it. Returns its path.
  std::string write(const std::string& name, const std::string& text) const;
  std::string path(const std::string& name) const { return root_ + "/" + name; }
  const std::string& root() const { return root_; }

 private:
  std::string root_;
};

/// A file of the project, whole; the test fails if there is none.
std::string project_file(const std::string& name);
/// Copies a folder of the project into `to`.
void copy_project_folder(const std::string& name, const std::string& to);

/// `text` with the one `from` in it replaced; the test fails if `from` is not there exactly once.
std::string replaced(std::string text, const std::string& from, const std::string& to);

}  // namespace muster
