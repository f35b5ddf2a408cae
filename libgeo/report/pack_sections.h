// SPDX-License-Identifier: Apache-2.0
//
// The sections of the commission pack. Private to it. Each opens and closes its own.
#pragma once

#include <string>
#include <vector>

#include "libgeo/report/html.h"
#include "libgeo/report/pack_page.h"
#include "libgeo/report/strip.h"

namespace geo {

void headline_section(HtmlPage& page, const PackContents& contents);
void where_section(HtmlPage& page, const PackContents& contents);
void areas_section(HtmlPage& page, const PackContents& contents);
void deprivation_section(HtmlPage& page, const PackContents& contents);
void effect_section(HtmlPage& page, const PackContents& contents);
void parades_section(HtmlPage& page, const PackContents& contents);
void zones_section(HtmlPage& page, const PackContents& contents);
void proposals_section(HtmlPage& page, const PackContents& contents);
void methods_section(HtmlPage& page, const PackContents& contents);

/// The figures of a section, each over its caption.
void put_figures(HtmlPage& page, const PackContents& contents, const std::string& section);
/// Sentences as a list, whole: a full stop is set where one is missing.
void put_sentences(HtmlPage& page, const std::vector<std::string>& sentences);
std::string sentence_of(std::string text);

/// The units of a parade on a day, in rows of no more than `most`: those of `uses` that are observed or lawful are marked as counted.
std::vector<Strip> parade_strips(const FrontageLayer& frontages, std::uint32_t frontage, UseSet uses, Date day,
                                 std::size_t most);
/// The uses that a table of parades counts, from its columns `of_…`.
std::vector<Use> uses_counted(const AnswerTable& parades);

}  // namespace geo
