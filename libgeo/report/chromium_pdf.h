// SPDX-License-Identifier: Apache-2.0
//
// A page as a tagged PDF, by printing it with Chromium where there is one: the only way here to a PDF that a screen reader can follow.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace geo {

/// CORDON_CHROMIUM, else `chromium`, `chromium-browser` or `google-chrome` on PATH. None where there is none; EnvironmentError where CORDON_CHROMIUM names
/// something that cannot be run. `CORDON_CHROMIUM=none`: none.
std::optional<std::filesystem::path> find_chromium();
/// The same; EnvironmentError that says what to install where there is none. `wanted`: the file that was asked for.
std::filesystem::path need_chromium(const std::filesystem::path& wanted);
/// For who asked for no PDF by name: `no PDF was made: there is no Chromium …`.
std::string without_chromium();

/// The bytes of the PDF of a page (html.h): A4, tagged, with the page's own print style. The browser runs without network, in a folder of its own that is
/// removed afterwards, for no longer than a minute. The day and time that it writes into the file are blanked: the same page gives the same bytes with the
/// same version of Chromium and the same fonts. EnvironmentError where it fails.
std::string pdf_of_page(const std::string& html, const std::filesystem::path& chromium);

}  // namespace geo
