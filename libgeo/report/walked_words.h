// SPDX-License-Identifier: Apache-2.0
//
// What walking adds to a finding, in plain English. Every number is one of the finding's, or of the network's: nothing here decides.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libgeo/assess/assess.h"
#include "libgeo/layers/walking_network.h"

namespace geo {

/// The rule measures by walking: a distance, or the radius of a count.
bool asks_walking(const Rule& rule);
/// What the finding measured is a walk, in three parts. False for a straight line, and where a rule asks for a walk and none is known.
bool is_walked(const Finding& finding, const Rule& rule);
/// Walks have columns of their own in what people read: the study has a network, or a rule asks for walking.
bool shows_walking(const Assessment& assessment);

/// Metres of a walk, as exact as it was measured (whole millimetres); their sum is Finding::measured.
struct WalkParts {
    double access_place = 0, along = 0, access_site = 0;
};
WalkParts walk_parts(const Finding& finding);
/// As words: `12.0 m to the street, 395.0 m along it, 5.0 m to the site`. Rounded so that the parts add up to `measured` as it is printed: what rounding leaves over is
/// in the way along the street.
std::string walk_parts_words(const Finding& finding);

/// Where the walk began at the place: `entrance`, `boundary`, `point`; empty for what was not walked.
std::string_view start_kind(const Finding& finding, const Rule& rule);
/// `the entrance of`, `where a street meets the boundary of`, `the point given for`: what a walk is from.
std::string start_words(const Finding& finding, const Slot& slot, const Assessment& assessment);
/// `310.0 m in a straight line`; `310.0 m in a straight line to Oak School (schools 1002)` where that is another place than the one walked to. Empty where it is not
/// known.
std::string straight_words(const Finding& finding, const Slot& slot, const Assessment& assessment);

/// `more than 100 m from every street that a walk may begin or end on`: how far is too far (the study's most-access). A street may be nearer that is a private way or in a
/// part that nothing joins.
std::string far_from_streets(const WalkingNetwork& network);
std::string far_from_streets(const Assessment& assessment);

/// Metres walked to a place near the site, from what the rule measures from; NaN where not known.
double walked_as_ruled(const Assessment::NearPlace& near, const Rule& rule);

/// How walks were measured, and what they cannot say: a sentence each.
std::vector<std::string> walking_method(const WalkingNetwork& network);
/// The same of an assessment; none where no rule asks for walking and no network is there.
std::vector<std::string> walking_method(const Assessment& assessment);
/// `streets of the layers roads + paths (1 April 2026)`: with their dates.
std::string name_of_network(const WalkingNetwork& network);
/// `Walked along the streets of the layer roads (1 April 2026), which have no footpaths.`
std::string walked_along(const WalkingNetwork& network);

/// The whole way of a route as one line from the site to the place; nothing to draw where it has no length.
Shapes line_of(const Assessment::Route& route);
/// One shape of three lines: from the place to the street, along the streets, from the street to the site. A part of no length has its point twice.
void add_parts(const Assessment::Route& route, Shapes& out);

}  // namespace geo
