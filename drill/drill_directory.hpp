// The directory a drill leaves behind. Written aside as DIR.partial and renamed at the end, so that nobody
// ever finds half a drill; removed again if the run fails.
#pragma once

#include <string>
#include <string_view>

#include "sim/result.hpp"

namespace muster {

class DrillDirectory {
 public:
  /// Makes DIR.partial. Errors: DIR exists (and is not an earlier drill that `overwrite` allows to replace),
  /// or the place cannot be written.
  static Result<DrillDirectory> prepare(const std::string& path, bool overwrite);
  DrillDirectory(DrillDirectory&& other) noexcept;
  DrillDirectory& operator=(DrillDirectory&&) = delete;
  ~DrillDirectory();

  /// Writes a file; `name` is relative ("inputs/system/profile.yaml"), folders are made as needed.
  Result<void> write(const std::string& name, std::string_view content);
  /// Renames it into place.
  Result<void> commit();
  const std::string& path() const { return path_; }

 private:
  DrillDirectory(std::string path, std::string partial)
      : path_(std::move(path)), partial_(std::move(partial)) {}

  std::string path_, partial_;
};

}  // namespace muster
