using CsCheck;

namespace LangSmithPg.Yaml.Tests.Documents;

/// <summary>Texts that a careless writer of YAML gets wrong.</summary>
static class HostileTexts
{
    const string Pem = "-----BEGIN CERTIFICATE-----\nMIIB+zCCAaGgAwIBAgIUb2/Q==\nAA==\n-----END CERTIFICATE-----\n";

    /// <summary>What has a meaning of its own somewhere in YAML 1.1, YAML 1.2, a template or a URL.</summary>
    public static readonly string[] Fixed =
    [
        "", " ", "  ", "\t", "\n", "\r", "\r\n", "\n\n", "a\n", "a\n\n", " a", "a ", "\ta", "a\t", "\na", "a\nb", "a\r\nb\r\n", "a\rb", "a \nb\n",
        "\u0085", "a\u0085b", "\u2028", "\u2029", "a\u2028b\n", "\uFEFF", "\uFEFFa", "\u00A0", "\0", "\u0001", "\u001B[0m", "\u007F", "\u009F", "\uFFFE",
        "\uFFFF", "\uFFFD", "\uE000", "\u00E9", "\u65E5\u672C", "\U0001F600", "\U0010FFFF", "\U0001F468\u200D\U0001F469",
        "---", "--- a", "...", "a\n---\nb\n", "a\n...\n", "-", "- a", "--", "?", "? a", ":", ": ", "a: b", "a:b", "a:", "a :", "#", "# x", "a # b", "a #", "a#b",
        "{}", "{", "[]", "[", "a, b", "&a", "*a", "!a", "!!str a", "|", ">", "|\n a", "%YAML 1.1", "@a", "`a`", "'", "''", "'a'", "\"", "\"a\"", "\\", "\\n", "a\\",
        "<<", "=", "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "yes", "Yes", "YES", "no", "No", "on", "On", "off", "OFF", "y", "Y", "n", "N",
        "0", "1", "-1", "+1", "007", "08", "0o17", "0x1F", "0b-1", "0_b-_1", "-0x1F", "0b101", "-0b1", "1_000", "_1", "1.", ".5", "-.5", "1.5", "1e3", "1e+3", "1E3", "1e", ".e1", ".inf",
        "-.inf", "+.INF", ".nan", ".NaN", "1:30", "190:20:30", "190:20:30.15", "2001-12-14", "2001-1-1", "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43",
        "9223372036854775807", "9223372036854775808", "1e400", "12e03", "685_230.15", "0.", "00", "0x", "0o", "0b",
        "{{ .Values.a }}", "${a}", "$(a)", "%20", "user:p%40ss@host:5432/db?sslmode=verify-full&sslrootcert=system", "a'b\"c\\d", "</script>", "<>&",
        Pem, Pem + Pem, Pem.TrimEnd('\n'), Pem.Replace("\n", "\r\n", StringComparison.Ordinal), "  " + Pem, Pem + "\n", "a\n  b\n", "a\n\tb\n", "a\n\nb\n", "#a\n",
        new string('a', 200) + " " + new string('b', 200), string.Concat(Enumerable.Repeat("word ", 300)), new('\u0001', 300), new('x', 3000),
        string.Concat(Enumerable.Repeat("line of a file\n", 100)),
    ];

    // Every kind of character, those that mean something to YAML most of all.
    static readonly Gen<string> Character = Gen.Frequency(
        (4, Gen.Char[" \t\n\r:#-?,[]{}&*!|>'\"%@`~=<\\/._0123456789abefinostuxyzENTY"].Select(char.ToString)),
        (1, Gen.Int[0, 0x24F].Select(char.ConvertFromUtf32)),
        (1, Gen.Int[0x2000, 0x206F].Select(char.ConvertFromUtf32)),
        (1, Gen.Int[0, 0xD7FF].Select(char.ConvertFromUtf32)),
        (1, Gen.Int[0xE000, 0x10FFFF].Select(char.ConvertFromUtf32)));

    static readonly Gen<string> Piece = Gen.Frequency(
        (2, Gen.Int[0, Fixed.Length - 1].Select(index => Fixed[index])),
        (3, Character.Array[0, 12].Select(string.Concat)));

    /// <summary>Random ones: the fixed ones, any characters, and both put together.</summary>
    public static Gen<string> Any { get; } = Gen.Frequency(
        (3, Piece),
        (1, Gen.Select(Piece, Piece, string.Concat)),
        (1, Gen.Select(Piece, Piece, Piece, string.Concat)));
}
