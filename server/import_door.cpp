#include "api/prom/prometheus.hpp"
#include "drill/drill_directory.hpp"
#include "journal/read_file.hpp"
#include "server/doors.hpp"
#include "server/wall_clock.hpp"
#include "telemetry/series_json.hpp"

namespace muster {
namespace {

constexpr SimDuration evaluation_interval = 1min;  // Prometheus' default (config/config.go)

class ImportDoor final : public Door {
 public:
  ImportDoor() : alerts_(series_, {}, evaluation_interval, Epoch{0}) {}

  bool advance() override { return true; }
  Answer handle(const Request& request) override {
    return handle_prometheus(request,
                             {time_from_nanoseconds(wall_nanoseconds()), Epoch{0}, series_, alerts_, {}});
  }
  SeriesStore& series() { return series_; }

 private:
  SeriesStore series_;
  AlertEngine alerts_;
};

}  // namespace

Result<std::unique_ptr<Door>> open_import(const std::string& file) {
  const Result<std::string> text = read_file(file);
  if (!text) return text.error();
  auto door = std::make_unique<ImportDoor>();
  if (const auto read = read_series_json(*text, file, door->series()); !read) return read.error();
  return std::unique_ptr<Door>(std::move(door));
}

}  // namespace muster
