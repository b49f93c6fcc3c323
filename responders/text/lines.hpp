// Text as lines and words: what the filters, the runbook reader and the observations share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace muster {

/// The lines without their ends; a last line need not have one.
std::vector<std::string> split_lines(std::string_view text);
/// Every line with "\n" after it.
std::string join_lines(const std::vector<std::string>& lines);
/// The parts between single separators; of "" one empty part.
std::vector<std::string> split_at(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view between);
std::string_view trimmed(std::string_view text);
/// ASCII only.
std::string lower_case(std::string_view text);
/// %-encodes everything outside A-Z a-z 0-9 - _ . ~ (RFC 3986), as client-go's url.Values does for our
/// values.
std::string percent_encoded(std::string_view text);
std::string base64_encoded(std::string_view bytes);

}  // namespace muster
