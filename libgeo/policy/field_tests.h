// SPDX-License-Identifier: Apache-2.0
//
// Tests of figures, `{ of = "wards", field = "year6", breach = "> 10 %" }`, and what one says of another.
#pragma once

#include <string_view>
#include <vector>

#include "libgeo/policy/rule_parts.h"

namespace geo {

/// One test with its own comparison (`breach`) or accepted values (`is`).
FieldTest read_field_test(const TomlTable& table, const KnownLayers& known);
/// `attribute = { … }` or an array of them, of `when` and `unless`. Empty when missing.
std::vector<FieldTest> read_field_tests(const TomlTable& table, const KnownLayers& known);

/// Whether `test` holds wherever `given` does: the same figure, and a comparison or values that take in the other's.
bool holds_if(const FieldTest& test, const FieldTest& given);
/// Whether the two hold between them whatever the figure is: `> 10 %` and `<= 10 %`.
bool one_always_holds(const FieldTest& a, const FieldTest& b);
/// Whether a test holds for every figure that there can be: `>= 0`.
bool always_holds(const FieldTest& test);
/// Throws where two of the tests exclude each other, so that they cannot hold together.
void check_can_all_hold(const TomlTable& table, std::string_view key, const std::vector<FieldTest>& tests);

}  // namespace geo
