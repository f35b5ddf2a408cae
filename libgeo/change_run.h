// SPDX-License-Identifier: Apache-2.0
//
// Private to the commands of change: how each of them begins and ends.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "libgeo/change.h"

namespace geo {

/// Stages 1 to 3, then the premises of each layer. UsageError where which layer of areas is meant is not plain. Returned by pointer: premises point into `layers`.
/// `zones`: the policies' zones are looked for, which takes the streets where a rule is by walking.
std::shared_ptr<Change> load_change(const ChangeRequest& request, Study study, bool zones = false);

/// What an answer on the terminal begins with: the study's title, then a line that says what follows.
std::string head_text(const Change& change, const std::string& line, unsigned width);
/// A headed list.
void append_sentences(std::string& text, std::string_view head, const std::vector<std::string>& sentences,
                      unsigned width);
/// What it ends with: issues, and whether anything that could change a figure was left out. `thing`: `outlet`.
void append_end(std::string& text, const Change& change, const std::string& incomplete, std::string_view thing,
                unsigned width);

/// What is written beside the tables of an answer that has its issues and provenance; points into it and into the study.
AnswerRecord record_of(const ChangeAnswer& answer, const Study& study);

/// Puts `incomplete` (empty: nothing is missing) under the sentences, writes the files that were asked for, and gives the answer issues, provenance and what
/// its tables point into.
void finish(const ChangeRequest& request, const std::shared_ptr<Change>& change, const std::string& incomplete,
            ChangeAnswer& answer);

}  // namespace geo
