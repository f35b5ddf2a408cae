// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "libgeo/base/text.h"
#include "libgeo/policy/measure_readers.h"

namespace geo {

MeasureAndBreach read_inside_measure(const TomlTable& rule, const KnownLayers& known) {
    const TomlTable table = *rule.optional_table("inside");
    table.expect_only({"of", "extent"}, "inside");
    InsideMeasure measure;
    measure.where = {read_layers(table, "of", known), read_extent(table)};
    if (rule.has("bands")) rule.fail("bands", "has a meaning with count and share only, not with inside");
    const std::string expected = "\"outside\" (only inside these areas) or \"inside\" (not inside them) is expected";
    if (!rule.has("breach")) rule.fail("breach", "is missing; " + expected);
    Comparison breach;
    breach.text = rule.text("breach");
    if (breach.text != "outside" && breach.text != "inside")
        rule.fail("breach", fmt::format("\"{}\" is no breach of inside; {}", printable(breach.text), expected));
    measure.breach_inside = breach.text == "inside";
    return {measure, breach, {}};
}

}  // namespace geo
