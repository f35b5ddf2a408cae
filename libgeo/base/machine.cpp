// SPDX-License-Identifier: Apache-2.0
#include "libgeo/base/machine.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <new>
#include <string>
#include <system_error>

#include "libgeo/base/errors.h"

namespace geo {

void blame_machine_first() {
    // More than a library asks for at once: it has freed what it had when it reports its failure.
    constexpr std::size_t kProbe = std::size_t{32} << 20;
    ::operator delete(::operator new(kProbe));
    constexpr int kHandles = 3;
    int handles[kHandles];
    int opened = 0, error = 0;
    while (opened < kHandles && error == 0) {
        const int handle = ::open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (handle < 0)
            error = errno;
        else
            handles[opened++] = handle;
    }
    for (int k = 0; k < opened; ++k) ::close(handles[k]);
    if (error == EMFILE || error == ENFILE) {
        throw EnvironmentError(std::generic_category().message(error) +
                               "; raise the limit on open files (`ulimit -n`)");
    }
}

}  // namespace geo
