// SPDX-License-Identifier: Apache-2.0
// Any text is a policy or one UsageError with file and line, in one line of plain characters.
#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/policy/policy.h"

namespace {

/// A number that is finite and not negative, a value that the study gives, or the officer's judgement.
bool is_limit(const geo::Comparison& comparison) {
    return comparison.judgement || !comparison.field.empty() ||
           (std::isfinite(comparison.limit) && comparison.limit >= 0);
}

bool has_limits(const geo::Rule& rule) {
    for (const geo::Band& band : rule.bands)
        if (!is_limit(band.breach)) return false;
    const bool unused = !rule.bands.empty() || std::holds_alternative<geo::InsideMeasure>(rule.measure);
    if (!unused && !is_limit(rule.breach)) return false;
    const bool distance = std::holds_alternative<geo::DistanceMeasure>(rule.measure);
    return !distance || rule.breach.judgement || rule.breach.limit > 0;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const std::vector<std::string> layers{"schools", "parks"};
    try {
        const geo::Policy policy = geo::read_policy(text, "fuzz.toml", layers);
        if (policy.rules.empty() || policy.from > policy.until) std::abort();
        for (const geo::Rule& rule : policy.rules)
            if (!has_limits(rule)) std::abort();
    } catch (const geo::UsageError& error) {
        const std::string message = error.what();
        if (message.rfind("fuzz.toml", 0) != 0 || geo::printable(message, std::string::npos) != message) std::abort();
    }
    return 0;
}
