using System.Globalization;
using System.Text;
using CsCheck;
using LangSmithPg.Common;
using LangSmithPg.Connections;

namespace LangSmithPg.Core.Tests.Connections;

/// <summary>Random connections and texts.</summary>
static class Samples
{
    const string Hostile = "@@@:://??##[]%%&&==,,;+ '\"\\<>^`{|}!$*()~\t\n\u00e9\u2100\ud83d\ude00";

    static readonly string[] Pieces =
    [
        "%40", "%41", "%zz", "%4", "%00", "%C3%A9", "%FF", "%25", "%20", "%2C", "%5B", "?sslmode=require", "&sslmode=verify-full", "?sslrootcert=system",
        "&sslrootcert=/ca.pem", "&application_name=x", "&lock_timeout=5", "?", "?a=b", "&a", "=&", "&&", "&=", "?host=other", "&port=6543", "&user=x",
        "&password=x", "?dbname=y", "&database=z", "?ssl=true", "&options=-c%20a%3Db", "&connect_timeout=5", "&connect_timeout=x", "[::1]", "[fe80::1%25eth0]",
        "[::1]:5433", "[1.2.3.4]", "[", "]", ",h2", ",h2:5433", ":99999", ":0", ":+1", ":1_0", "://", "//", "/", "#x", " ", "\t", "\r\n", "&x=a;b", "&x=a+b",
        "@h2", "::", "0x1F", "v1.x", "\u0663", "&sslmode=prefer", "&keepalives=1", "&sslmode=", "&sslkey=/k", "&sslcert=/c", "&requiressl=1",
    ];

    static readonly string[] Starts =
    [
        "postgresql://u:p@h:5432/d", "postgres://u:p@h/d?sslmode=require", "postgresql://u:p@[::1]:5433/d", "postgresql://u@h1:1,h2:2/d",
        "postgresql://", "postgresql:///d", "postgresql://h", "postgresql://u:p@h/d?application_name=a&sslmode=verify-full", "POSTGRESQL://u:p@h/d",
        "postgresql://user:pass@db.example.com:5432/langsmith?sslmode=verify-full&sslrootcert=system", "postgresql://u:p@h/d?lock_timeout=5",
    ];

    static readonly string[] KeyValueStarts =
    [
        "host=h port=5432 dbname=d user=u password=p", "host = h dbname='d e' user='u'", "password='a\\'b\\\\c' host=h", "host=h1,h2 port=1,2 dbname=d",
        "", "host=h sslmode=require sslrootcert=/ca", "user=u password=a\\ b", "dbname=postgresql://x/y",
    ];

    static readonly Gen<Rune> Characters = Gen.Frequency(
        (4, Gen.Int[0x61, 0x7A]), (4, Gen.Int[0x21, 0x7E]), (1, Gen.Int[0x01, 0x20]), (1, Gen.Int[0x7F, 0xD7FF]), (1, Gen.Int[0xE000, 0xFFFF]),
        (1, Gen.Int[0x10000, 0x10FFFF])).Select(code => new Rune(code));

    static readonly Gen<string> Names = Characters.Array[1, 12].Select(runes => string.Concat(runes));

    static readonly Gen<string> Labels = Gen.Char["abcxyz019"].Array[1, 8].Select(letters => new string(letters));

    static readonly Gen<string> HostNames = Gen.Frequency(
        (6, Labels.Array[1, 3].Select(labels => string.Join('.', labels))),
        (1, Gen.Byte.Array[4].Select(octets => string.Join('.', octets))),
        (1, Gen.Byte.Array[16].Select(octets => new System.Net.IPAddress(octets).ToString())));

    static readonly Gen<PgParameter> Parameters = Gen.Select(
        Choose("application_name", "options", "client_encoding", "connect_timeout", "keepalives", "lock_timeout", "fallback_application_name", "x"),
        Names, (name, value) => new PgParameter(name, value));

    /// <summary>Connections with any character in user, password, database and parameters.</summary>
    public static readonly Gen<ConnectionParts> Legal = Gen.Select(
        HostNames, Gen.Int[1, 65535], Names, Names, Names.Null(), Gen.Int[-1, 5], Parameters.Array[0, 2], Gen.Bool,
        (host, port, user, database, password, mode, parameters, system) => new ConnectionParts
        {
            HostName = host,
            Port = port,
            UserName = user,
            Database = database,
            Password = Secret.From(password),
            SslMode = mode < 0 ? null : (SslMode)mode,
            UseSystemRootCertificate = system && mode == (int)SslMode.VerifyFull,
            Parameters = [.. parameters.DistinctBy(one => one.Name)],
        });

    /// <summary>The same with nothing but a TLS mode as a parameter.</summary>
    public static readonly Gen<ConnectionParts> Plain = Legal.Select(parts => parts with { UseSystemRootCertificate = false, Parameters = [] });

    /// <summary>URLs with mistakes.</summary>
    public static readonly Gen<string> HostileUrls = Mutated(
        Gen.Frequency((3, Choose(Starts)), (1, Legal.Select(parts => PgConnectionString.FromParts(parts).Require().ToPlainText("postgresql")))));

    /// <summary>Keyword=value texts with mistakes.</summary>
    public static readonly Gen<string> HostileKeyValues = Mutated(Choose(KeyValueStarts));

    static Gen<string> Choose(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    static Gen<string> Mutated(Gen<string> starts)
    {
        var edit = Gen.Select(Gen.Int[0, 4], Gen.UInt, Gen.Char[string.Concat(Hostile.Where(one => !char.IsSurrogate(one)))], Choose(Pieces));
        return Gen.Select(starts, edit.Array[0, 4], (start, edits) => edits.Aggregate(start, Apply));
    }

    static string Apply(string text, (int Kind, uint Place, char Character, string Piece) edit)
    {
        var place = (int)(edit.Place % (uint)(text.Length + 1));
        return edit.Kind switch
        {
            0 when place < text.Length && !char.IsSurrogate(text[place]) => text.Remove(place, 1),
            1 => Insert(text, place, edit.Piece),
            2 => text + edit.Piece,
            _ => Insert(text, place, edit.Character.ToString(CultureInfo.InvariantCulture)),
        };
    }

    // Not within a surrogate pair: no reader is asked about text that is no text.
    static string Insert(string text, int place, string piece) =>
        place < text.Length && char.IsLowSurrogate(text[place]) ? text + piece : text.Insert(place, piece);
}
