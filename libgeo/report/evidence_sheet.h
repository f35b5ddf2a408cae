// SPDX-License-Identifier: Apache-2.0
//
// The evidence sheet of one proposal, or of a place asked about before any: what an officer attaches to a decision. Prints what is in the findings.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "libgeo/assess/assess.h"
#include "libgeo/base/issues.h"
#include "libgeo/base/provenance.h"
#include "libgeo/geometry/crs.h"
#include "libgeo/layers/streets.h"
#include "libgeo/layers/study.h"
#include "libgeo/report/evidence_words.h"
#include "libgeo/report/html.h"

namespace geo {

/// A sheet as far as its findings go. What holds for the whole run is known at its end.
struct EvidenceDraft {
    HtmlPage head, rest;
    std::vector<std::string> untested;  ///< places that a rule could not be tested on: untested_lines()
};

/// Makes sheets. Not for several threads at once (one transformation).
class EvidenceSheets {
  public:
    /// `kept`: names of the proposals' own columns. `streets`: for the map; they must outlive this, as must the rest.
    EvidenceSheets(const Assessment& assessment, const Study& study, std::vector<std::string> kept,
                   const GridFolders& grids, std::span<const StreetLayer> streets = {});
    EvidenceDraft draft(const EvidenceSubject& subject) const;
    /// The page: with what was left out, what it rests on, and whether the run is complete.
    std::string finish(EvidenceDraft draft, const Issues& issues, const Provenance& provenance) const;
    /// The paragraphs to paste, plain text for a terminal; text_end() comes under it.
    std::string text(const EvidenceSubject& subject, std::size_t width) const;
    std::string text_end(const Issues& issues, std::size_t width) const;

  private:
    using Facts = std::vector<std::pair<std::string, std::string>>;
    Facts facts(const EvidenceSubject& subject) const;
    void add_position(const EvidenceSubject& subject, Facts& facts) const;
    void settle_section(HtmlPage& page, const EvidenceSubject& subject) const;
    void measured_section(HtmlPage& page, const EvidenceSubject& subject) const;
    void strips(HtmlPage& page, const EvidenceSubject& subject) const;
    void paste_section(HtmlPage& page, const EvidenceSubject& subject) const;
    void wording_section(HtmlPage& page) const;
    void near_section(HtmlPage& page, const EvidenceSubject& subject) const;
    void not_tested_section(HtmlPage& page, const std::vector<std::string>& untested, const Issues& issues) const;

    const Assessment& assessment_;
    const Study& study_;
    std::vector<std::string> kept_;
    std::span<const StreetLayer> streets_;
    std::unique_ptr<Transformation> to_wgs84_;  // none where there is no way
};

/// The paragraphs to paste: the verdict, then one a rule that applies.
std::vector<std::string> paragraphs_of(const EvidenceSubject& subject, const Assessment& assessment);
/// What would settle what is not settled, every step once.
std::vector<std::string> steps_of(const EvidenceSubject& subject, const Assessment& assessment);
/// `19/00425/FUL, 12 High Street`; of an enquiry the place asked about.
std::string title_of(const EvidenceSubject& subject);

}  // namespace geo
