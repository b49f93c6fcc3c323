// The text that both ends of a SPDY/3 connection have compressed before the first header block.
#pragma once

#include <string>

namespace muster {

/// draft-mbelshe-httpbis-spdy-00, section 2.6.10.1: 1423 bytes, Adler-32 e3c6a7c2.
const std::string& spdy_dictionary();

}  // namespace muster
