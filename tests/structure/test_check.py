"""The check itself: it finds each kind of breach, and leaves alone what is allowed."""

import tempfile
import unittest
from pathlib import Path

import check

TABLE = {"core": [], "app": ["app/ports", "core"], "app/ports": ["core"], "http": ["core"], "main": ["*"]}


class Includes(unittest.TestCase):
    def breaches(self, path, *lines):
        return check.check_includes(path, "\n".join(lines), check.Rooms(TABLE))

    def test_own_room_and_allowed_rooms_pass(self):
        self.assertEqual(self.breaches("app/login.cpp", '#include "app/login.hpp"', '#include "core/error.hpp"',
                                       '#include "app/ports/users.hpp"', "#include <vector>"), [])

    def test_a_forbidden_arrow_is_named_with_its_line(self):
        self.assertEqual(self.breaches("core/error.hpp", "#pragma once", '#include "app/login.hpp"'),
                         ["src/core/error.hpp:2: core may not see app (app/login.hpp)"])

    def test_a_room_inside_a_room_has_arrows_of_its_own(self):
        self.assertEqual(len(self.breaches("app/ports/users.hpp", '#include "app/login.hpp"')), 1)

    def test_main_sees_all(self):
        self.assertEqual(self.breaches("main/serve.cpp", '#include "app/login.hpp"', '#include "http/server.hpp"'), [])

    def test_beast_only_in_http(self):
        self.assertEqual(self.breaches("http/beast.cpp", "#include <boost/beast/http.hpp>"), [])
        self.assertEqual(len(self.breaches("app/login.cpp", "#include <boost/beast/http.hpp>")), 1)

    def test_a_folder_that_is_no_room(self):
        self.assertEqual(len(self.breaches("misc/helper.cpp")), 1)


class Names(unittest.TestCase):
    def test_registry_hosts_and_machine_paths(self):
        for text in ("https://" + "pypi" + ".org/simple", '"resolved": "https://registry.' + "npmjs" + '.org/x"',
                     "cd /wo" + "rk/main", "'/ro" + "ot/.config'", "/ho" + "me/ada/src"):
            self.assertEqual(len(check.check_names("file", "line\n" + text)), 1, text)

    def test_ordinary_text(self):
        for text in ("docs.example.org", "$dir/wo" + "rk/x", "a/ro" + "ot/b", "mycrates.iota", "https://example.com/home"):
            self.assertEqual(check.check_names("file", text), [], text)


class Tree(unittest.TestCase):
    def test_long_files_second_version_users_and_missing_readmes(self):
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder)
            (source / "core").mkdir()
            (source / "core/README.md").write_text("# core\n")
            (source / "core/long.cpp").write_text("\n" * (check.MOST_LINES + 1))
            (source / "core/fair.cpp").write_text("\n" * (check.WARN_LINES + 1))
            (source / "app").mkdir()
            for name in ("one", "two"):
                (source / f"app/{name}.cpp").write_text('#include "version.hpp"\n')
            breaches, warnings = check.check_tree(source, check.Rooms(TABLE))
        self.assertEqual(len(breaches), 3, breaches)
        self.assertEqual(len(warnings), 1, warnings)


if __name__ == "__main__":
    unittest.main()
