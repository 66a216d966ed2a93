using System.Text;

namespace LangSmithPg.Connections.Passwords;

/// <summary>Prepares passwords for SCRAM as PostgreSQL and libpq do. Source: RFC 4013; PostgreSQL, src/common/saslprep.c.</summary>
static class SaslPrep
{
    static readonly Dictionary<string, CodePointTable> Tables = CodePointTable.Read(typeof(SaslPrep).Assembly.GetManifestResourceStream("stringprep.txt")!);

    /// <summary>The prepared password, or null where it holds what may not be prepared: it is taken as it is then.</summary>
    public static string? Prepare(string password)
    {
        if (Ascii.IsValid(password))
        {
            return password;
        }

        if (Normalize(Map(password), NormalizationForm.FormKC) is not { Length: > 0 } prepared)
        {
            return null;
        }

        var runes = prepared.EnumerateRunes().ToList();
        return runes.Exists(rune => Is("prohibited", rune) || Is("unassigned", rune)) || IsMixed(runes) ? null : prepared;
    }

    /// <summary>The password with every kind of space as a space.</summary>
    public static string WithPlainSpaces(string password) => Concat(password.EnumerateRunes().Select(rune => Is("spaces", rune) ? new Rune(' ') : rune));

    /// <summary>Whether it holds what is mapped to nothing, such as a soft hyphen.</summary>
    public static bool HasInvisible(string password) => password.EnumerateRunes().Any(rune => Is("nothing", rune));

    /// <summary>A normalized text, or null where it cannot be normalized.</summary>
    public static string? Normalize(string text, NormalizationForm form)
    {
        try
        {
            return text.Normalize(form);
        }
        catch (ArgumentException)
        {
            // Half of a surrogate pair, or a code point that is no character.
            return null;
        }
    }

    // U+200B is a space before it is nothing, as PostgreSQL has it.
    static string Map(string password) => Concat(WithPlainSpaces(password).EnumerateRunes().Where(rune => !Is("nothing", rune)));

    static bool IsMixed(List<Rune> runes) =>
        runes.Exists(rune => Is("right-to-left", rune))
        && (runes.Exists(rune => Is("left-to-right", rune)) || !Is("right-to-left", runes[0]) || !Is("right-to-left", runes[^1]));

    static bool Is(string table, Rune rune) => Tables[table].Has(rune);

    static string Concat(IEnumerable<Rune> runes) => string.Concat(runes.Select(rune => rune.ToString()));
}
