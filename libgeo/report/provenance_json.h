// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "libgeo/assess/assess.h"
#include "libgeo/base/issues.h"
#include "libgeo/base/provenance.h"
#include "libgeo/report/json.h"

namespace geo {

// Members of the JSON answers, by the same code wherever they stand.
void put_provenance(Json& json, std::string_view key, const Provenance& provenance);
/// Row accounts of every input.
void put_accounts(Json& json, std::string_view key, const Issues& issues);
void put_issues(Json& json, std::string_view key, const Issues& issues);
/// The policies with the wording of each rule: what `text`, `unchecked` and `superseded-by` say travels with the findings.
void put_policies(Json& json, std::string_view key, const Assessment& assessment);
void put_tally(Json& json, std::string_view key, const Tally& tally, const Assessment& assessment);
/// What was not tested: `not-encoded` of each policy and the remarks of the assessment.
void put_not_tested(Json& json, std::string_view key, const Assessment& assessment);

}  // namespace geo
