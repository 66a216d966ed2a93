using System.Globalization;
using System.Text;

namespace LangSmithPg.Postgres.Tests.SupportQueries;

/// <summary>Scripts that are valid, and hard to take apart.</summary>
sealed class RandomScript(int seed)
{
    static readonly string[] Inside = [";", "'", "\"", "\\", ":v", ":'v'", ":\"w\"", "--", "/*", "*/", "$$", "$a$", "::", "é", "x", " ", "\n", "{", "}", ":{?v}", "\\if", "E'"];

    readonly Random _random = new(seed);
    readonly StringBuilder _script = new();

    /// <summary>Values of its variables.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    public override string ToString()
    {
        Variables["v"] = Text(6).Replace("\n", "", StringComparison.Ordinal);
        Variables["w"] = $"é{Text(4).Replace("\n", "", StringComparison.Ordinal)}";
        Variables["n"] = Number();
        for (var count = _random.Next(3, 9); count > 0; count--)
        {
            Part(depth: 0);
        }

        return _script.ToString();
    }

    void Part(int depth)
    {
        switch (_random.Next(depth < 3 ? 9 : 6))
        {
            case 0:
                _script.Append(Comment()).Append('\n');
                break;
            case 1:
                _script.Append(CultureInfo.InvariantCulture, $"\\set {Pick("x", "v", "y_1")} {Argument()}{Pick("", $" {Argument()}")}\n");
                break;
            case 2:
                _script.Append(CultureInfo.InvariantCulture, $"\\echo {Argument()} {Argument()}{Pick("\n", " \\\\ ")}");
                break;
            case 3:
                _script.Append(CultureInfo.InvariantCulture, $"select {Expression(2)} as g{Pick(" ", "\n")}\\gset p_\n\\echo :p_g :'p_g' :{{?p_g}}\n");
                break;
            case 4 or 5:
                _script.Append(CultureInfo.InvariantCulture, $"{Pick("", "\n", Comment())}select {Gap()}{Expression(3)},{Gap()}{Expression(2)}{Pick("", " ", "\n", Gap())};{Pick("\n", " ", "")}");
                break;
            default:
                _script.Append(CultureInfo.InvariantCulture, $"\n\\if {Condition()}\n");
                Part(depth + 1);
                if (_random.Next(2) == 0)
                {
                    _script.Append(CultureInfo.InvariantCulture, $"\n\\elif {Condition()}\n");
                    Part(depth + 1);
                }

                if (_random.Next(2) == 0)
                {
                    _script.Append("\n\\else\n");
                    Part(depth + 1);
                }

                _script.Append("\n\\endif\n");
                break;
        }
    }

    string Expression(int depth) => _random.Next(depth > 0 ? 15 : 9) switch
    {
        0 => Number(),
        1 => $"'{Text(5).Replace("'", "''", StringComparison.Ordinal)}'",
        2 => $"E'{Text(5).Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", Pick("''", @"\'"), StringComparison.Ordinal)}'",
        3 => $"$q${Text(5).Replace("$", "", StringComparison.Ordinal)}$q$",
        4 => $"$${Text(5).Replace("$", "", StringComparison.Ordinal)}$$",
        5 => Pick(":'v'", ":'w'", ":'n'"),
        6 => ":n",
        7 => Pick(":{?v}", ":{?none}", ":{?x}"),
        8 => $"U&'\\0061{Text(3).Replace(@"\", "", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'",
        9 => $"({Expression(depth - 1)}{Gap()})::text",
        10 => $"(array[1, 2, {Number()}])[1:2]",
        11 => $"(select {Expression(depth - 1)}{Pick("", " as :\"w\"")})",
        12 => $"case when {Pick("true", ":{?v}")} then {Expression(depth - 1)}::text else {Expression(depth - 1)}::text end",
        13 => $"({Expression(depth - 1)}::text{Gap()}||{Gap()}{Expression(depth - 1)}::text)",
        _ => $"({Number()} {Pick("+", "-", "*")}{Gap()}:n)",
    };

    // Whatever is in it, it is a comment, or nothing.
    string Gap() => Pick("", " ", "\n", Comment());

    string Comment() => Pick($" -- {Text(3).Replace("\n", "", StringComparison.Ordinal)}\n", $" /* {Safe()} /* {Safe()} */ {Safe()} */ ", "\t");

    string Safe() => Text(3).Replace("*", "", StringComparison.Ordinal).Replace("/", "", StringComparison.Ordinal);

    string Argument() => Pick(
        $"'{Text(3).Replace("\n", "", StringComparison.Ordinal).Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'",
        Number(), "a:v", ":'v'", ":none", "a'b c'd", "\"a b\"", @"'\x41\102\n'", ":n;", "--", ":{?v}");

    string Condition() => Pick("true", "FALSE", "t", "no", "on", "off", "1", "0", ":{?v}", ":{?none}", ":{?x}");

    string Number() => _random.Next(100).ToString(CultureInfo.InvariantCulture);

    string Text(int most) => string.Concat(Enumerable.Range(0, _random.Next(most)).Select(_ => Pick(Inside)));

    string Pick(params string[] some) => some[_random.Next(some.Length)];
}
