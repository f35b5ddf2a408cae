// SPDX-License-Identifier: Apache-2.0
// Any text is a policy or one UsageError with file and line, in one line of plain characters.
#include <cstdlib>
#include <string>
#include <vector>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/policy/policy.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const std::vector<std::string> layers{"schools", "parks"};
    try {
        const geo::Policy policy = geo::read_policy(text, "fuzz.toml", layers);
        if (policy.rules.empty() || policy.from > policy.until) std::abort();
        for (const geo::Rule& rule : policy.rules)
            if (!rule.breach.judgement && !(rule.breach.limit > 0)) std::abort();
    } catch (const geo::UsageError& error) {
        const std::string message = error.what();
        if (message.rfind("fuzz.toml", 0) != 0 || geo::printable(message, std::string::npos) != message) std::abort();
    }
    return 0;
}
