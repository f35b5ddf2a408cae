// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

namespace geo {

/// Exit status of every command. Scripts rely on these numbers; they never change.
enum class ExitStatus : int {
    finished = 0,    ///< done
    breach = 1,      ///< done, something breaches, and `--exit-code` was given
    usage = 2,       ///< the command line, the study or a policy is wrong
    data = 3,        ///< an input cannot be used, or an output cannot be written
    incomplete = 4,  ///< done, but rows that could change the answer were left out (goes before `breach`)
};

/// "Cannot go on". Thrown anywhere, caught once, in `main`. The message is one line for a person:
/// `FILE:LINE: what is wrong; what was expected; what to do`. A breach is a value, never an Error.
class Error : public std::runtime_error {
  public:
    Error(ExitStatus status, const std::string& message) : std::runtime_error(message), status_(status) {}
    ExitStatus status() const noexcept { return status_; }

  private:
    ExitStatus status_;
};

/// The user's command line, study or policy file is at fault.
class UsageError : public Error {
  public:
    explicit UsageError(const std::string& message) : Error(ExitStatus::usage, message) {}
};

/// An input file is at fault.
class DataError : public Error {
  public:
    explicit DataError(const std::string& message) : Error(ExitStatus::data, message) {}
};

/// The machine is at fault: an output cannot be written, a library is missing.
class EnvironmentError : public Error {
  public:
    explicit EnvironmentError(const std::string& message) : Error(ExitStatus::data, message) {}
};

/// Whoever read our output has gone (`| head`). Where nothing else was asked for, `main` ends without a word.
class ReaderGone : public EnvironmentError {
  public:
    using EnvironmentError::EnvironmentError;
};

}  // namespace geo
