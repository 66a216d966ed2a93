using System.Diagnostics;
using CsCheck;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Connections.Drivers;

namespace LangSmithPg.Core.Tests.Connections.Drivers;

/// <summary>The verdicts, as an admin sees them.</summary>
public sealed class DriverCheckTests
{
    const string Secret = "s3cr3t";

    const string Delimiters = "s@:/?#[]%&=;, '\"\\4";

    const DriverOutcome Ok = DriverOutcome.Accepted;
    const DriverOutcome No = DriverOutcome.Refused;
    const DriverOutcome Bad = DriverOutcome.Misread;

    // Text; libpq, asyncpg, pgx, chart.
    public static TheoryData<string, DriverOutcome, DriverOutcome, DriverOutcome, DriverOutcome> Texts => new()
    {
        { "u:s3cr3t@h/d", Ok, Ok, Ok, Ok },
        { "u:s3cr3t@[2001:db8::1]:5433/d", Ok, Ok, Ok, Ok },
        { "postgres://u:s3cr3t@h/d", Ok, Ok, Ok, Ok },
        { "POSTGRES://u:s3cr3t@h/d", No, Ok, No, Ok },
        { "mysql://u:s3cr3t@h/d", No, No, No, No },
        { "postgresql+asyncpg://u:s3cr3t@h/d", No, No, No, No },
        { "", No, No, No, No },

        // Raw characters in the password.
        { "u:s3cr3t@x@h/d", Bad, Bad, Ok, Ok },
        { "u:s3cr3t/x@h/d", No, No, No, No },
        { "u:12/x@h/d", Bad, Bad, Bad, No },
        { "u:s3cr3t?x@h/d", Bad, No, No, No },
        { "u:s3cr3t#x@h/d", Bad, No, No, No },
        { "u:s3cr3t%x@h/d", No, Bad, No, No },
        { "u:s3cr3t%41@h/d", Ok, Ok, Ok, Ok },
        { "u:s3cr3t%FF@h/d", Bad, Bad, Bad, No },
        { "u:s3cr3t%00@h/d", No, Bad, Bad, No },
        { "u:s3cr3t[x@h/d", Ok, No, No, Ok },
        { "u:s3cr3t[x]@h/d", Ok, No, No, Ok },
        { "u:s3cr3t:+!$&*()=~;,'@h/d", Ok, Ok, Ok, Ok },
        { "u:s3cr3t^`{|}\"<>\\@h/d", Ok, Ok, No, Ok },
        { "u:s3cr3té@h/d", Ok, Ok, No, Ok },
        { "u:s3cr3t\u2100@h/d", Ok, No, No, Ok },
        { "u:s3cr3t x@h/d", No, Ok, No, Ok },
        { "sa@project.iam@h/d?sslmode=require", Bad, Bad, Ok, Ok },

        // White space around.
        { "u:s3cr3t@h/d\n", Bad, Ok, No, Bad },
        { " u:s3cr3t@h/d", Ok, Bad, No, Bad },
        { "\uFEFFu:s3cr3t@h/d", Bad, Bad, No, Bad },

        // Hosts and ports.
        { "u:s3cr3t@h1:1,h2:2/d", Ok, Ok, Ok, Ok },
        { "u:s3cr3t@h1,h2:2/d", Ok, Ok, Bad, Ok },
        { "u:s3cr3t@[::1]:1,[::2]:2/d", Ok, Ok, No, Ok },
        { "u:s3cr3t@[fe80::1%25eth0]/d", Ok, Ok, No, Ok },
        { "u:s3cr3t@[fe80::1%25eth0]:5432/d", Ok, Ok, Ok, Ok },
        { "u:s3cr3t@::1/d", No, No, Bad, No },
        { "u:s3cr3t@h:0/d", No, No, No, No },
        { "u:s3cr3t@h:99999/d", No, No, No, No },
        { "u:s3cr3t@h/d?host=h2", Ok, Bad, Ok, Ok },

        // Databases.
        { "u:s3cr3t@h/my%2Fdb", Ok, Ok, Ok, Ok },
        { "u:s3cr3t@h/%2Fdb", Ok, Ok, Bad, Ok },
        { "u:s3cr3t@h/", Bad, Bad, Bad, No },
        { "u:s3cr3t@h/d#x", Bad, Bad, Bad, No },

        // Parameters.
        { "u:s3cr3t@h/d?lock_timeout=5", No, Ok, Ok, Ok },
        { "u:s3cr3t@h/d?application_name=a", Ok, Ok, Ok, Ok },
        { "u:s3cr3t@h/d?application_name=a+b", Ok, Bad, Bad, Ok },
        { "u:s3cr3t@h/d?application_name=a;b", Ok, Ok, Bad, Ok },
        { "u:s3cr3t@h/d?application_name=", Ok, Bad, Ok, Ok },
        { "u:s3cr3t@h/d?application_name=a=b", No, Ok, Ok, Ok },
        { "u:s3cr3t@h/d?application_name=a&", Ok, No, Ok, Ok },
        { "u:s3cr3t@h/d?connect_timeout=5", Ok, Bad, Ok, Ok },
        { "u:s3cr3t@h/d?keepalives=1", Ok, Bad, Bad, Ok },
        { "u:s3cr3t@h/d?channel_binding=require", Ok, Bad, Ok, Ok },
        { "u:s3cr3t@h/d?target_session_attrs=master", No, No, No, Ok },
        { "u:s3cr3t@h/d?application_name=a&application_name=b", Ok, Ok, Bad, Ok },

        // TLS.
        { "u:s3cr3t@h/d?sslmode=verify-full&sslrootcert=system", Ok, No, Ok, Ok },
        { "u:s3cr3t@h/d?sslmode=require&sslrootcert=system", No, No, Bad, Ok },
        { "u:s3cr3t@h/d?sslmode=prefer&sslrootcert=system", No, Ok, Bad, Ok },
        { "u:s3cr3t@h/d?sslrootcert=system", Ok, Ok, Ok, Ok },
        { "u:s3cr3t@h/d?sslmode=require&sslrootcert=/ca.pem", Ok, Ok, Ok, Ok },
        { "u:s3cr3t@h/d?sslmode=verify-full", Ok, Ok, Ok, Ok },
        { "u:s3cr3t@h/d?sslmode=require&sslmode=verify-full", Ok, Ok, Bad, Ok },
        { "u:s3cr3t@h/d?ssl=true", Ok, Bad, Bad, Ok },
        { "u:s3cr3t@h/d?sslmode=on", No, No, No, No },

        // Other forms.
        { "host=h dbname=d user=u password=s3cr3t", Ok, No, Ok, No },
        { "host=h dbname=d user=u password='s3cr3t \\' x'", Ok, No, Ok, No },
        { "host=h dbname=d user=u password=s3cr3t ", Ok, No, Ok, No },
        { "host=h dbname=d user=u password=s3cr3t  ", Ok, No, No, No },
        { "Host=h;Database=d;Username=u;Password=s3cr3t", No, No, Bad, No },
        { "host=h;database=d;username=u;password=s3cr3t", Bad, No, Bad, No },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Judges(string text, DriverOutcome libpq, DriverOutcome asyncpg, DriverOutcome pgx, DriverOutcome chart)
    {
        var verdicts = DriverCheck.Evaluate(text);
        Assert.Equal(Enum.GetValues<PgDriver>(), verdicts.Select(one => one.Driver));
        Assert.Equal([libpq, asyncpg, pgx, chart], verdicts.Select(one => one.Outcome));
        Assert.All(verdicts, one => Assert.DoesNotContain(Secret, Everything(one), StringComparison.Ordinal));
        Assert.All(verdicts.Where(one => one.Outcome != DriverOutcome.Accepted), one => Assert.NotNull(one.Fix));
        Assert.All(verdicts.Where(one => one.Outcome != DriverOutcome.Misread), one => Assert.Empty(one.Differences));
        Assert.All(verdicts.Where(one => one.Span is not null), one => Assert.InRange(one.Span!.Value.End, one.Span.Value.Start, text.Length));
    }

    [Fact]
    public void Points_into_the_admins_text()
    {
        const string text = "u:p@ss@h/d";
        var verdicts = DriverCheck.Evaluate(text);
        Assert.Equal([ConnectionPart.Host, ConnectionPart.Password], verdicts[0].Differences.Select(one => one.Part));
        Assert.Equal([new TextSpan(4, 4), new TextSpan(2, 1)], verdicts[0].Differences.Select(one => one.Span));
        Assert.Equal("libpq does not read the intended values. It reads a different host. At characters 5-8. Use the encoded text: (ConvertFrom-LangSmithPgConnectionString $text).ToPlainText()", verdicts[0].ToString());
        Assert.Equal(new TextSpan(7, 1), DriverCheck.Evaluate("u:p@h/d\n")[3].Span);
        Assert.Equal(new TextSpan(3, 1), DriverCheck.Evaluate("u:p#@h/d")[3].Span);
        Assert.Equal(new TextSpan(3, 1), DriverCheck.Evaluate("u:p^@h/d")[2].Span);
    }

    [Fact]
    public void A_text_that_has_no_encoded_form_is_to_be_mended_where_the_driver_refuses_it()
    {
        Assert.Equal(
            Enumerable.Repeat("The default port of PostgreSQL is 5432. Write ':' or '@' in a user name or password as %3A or %40.", 4),
            DriverCheck.Evaluate("u:p@h:99999/d").Select(one => one.Fix));
        Assert.Equal("Percent-encode special characters in the user name and password.", DriverCheck.Evaluate("u:p^@h")[2].Fix);
    }

    [Fact]
    public void Remarks_on_what_surprises()
    {
        Assert.Equal(
            ["It sends 'lock_timeout' to the server as a setting, which the server must support and a pooler must allow."],
            DriverCheck.Evaluate("u:p@h/d?lock_timeout=5")[1].Remarks);
        Assert.Equal(
            ["Without sslrootcert it trusts the CAs of its machine."], DriverCheck.Evaluate("u:p@h/d?sslmode=verify-full")[2].Remarks);
        Assert.Single(DriverCheck.Evaluate("postgres://u:p@h/d")[3].Remarks);
        Assert.Empty(DriverCheck.Evaluate("u:p@h/d").SelectMany(one => one.Remarks));
    }

    [Fact]
    public void Accepts_what_the_module_writes() => Samples.Plain.Where(parts => !parts.Database.StartsWith('/')).Sample(
        parts => DriverCheck.Evaluate(PgConnectionString.FromParts(parts).Require()).All(one => one.Outcome == DriverOutcome.Accepted),
        iter: 20_000);

    [Fact]
    public void Never_throws_and_stays_within_the_text() => Gen.OneOf(Samples.HostileUrls, Samples.HostileKeyValues, Gen.String).Sample(
        text => DriverCheck.Evaluate(text).All(one => one.Message.Length > 0 && (one.Span is not { } span || span.End <= text.Length)),
        iter: 20_000);

    // A password is raw here, so that its pieces land wherever the readers take them for something else.
    [Fact]
    public void Never_shows_a_piece_of_a_password() => Gen.Select(
        Gen.String[Gen.Char[Delimiters], 0, 5], Gen.String[Gen.Char[Delimiters], 0, 5],
        Gen.Int[0, 4], (before, after, form) => (Password: before + Secret + after, Form: form)).Sample(
        one =>
        {
            var text = one.Form switch
            {
                0 => $"u:{one.Password}@h/d",
                1 => $"postgresql://u:{one.Password}@h/d?sslmode=require",
                2 => $"host=h dbname=d user=u password={one.Password}",
                3 => $"Host=h;Database=d;Username=u;Password={one.Password};SSL Mode=Require",
                _ => $"password={one.Password}; host=h",
            };
            var shown = DriverCheck.Evaluate(text).Select(Everything).Append(string.Join('\n', PgConnectionString.Parse(text).Diagnostics));
            Assert.DoesNotContain(Secret, string.Join('\n', shown), StringComparison.Ordinal);
        },
        iter: 50_000);

    [Theory]
    [InlineData(1 << 20, "@")]
    [InlineData(65_000, "%41")]
    [InlineData(65_000, "a=b&")]
    [InlineData(65_000, "u:p@h/d?")]
    public void Is_quick_with_long_texts(int length, string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, length / piece.Length));
        var watch = Stopwatch.StartNew();
        DriverCheck.Evaluate(text);
        DriverCheck.Evaluate("u:p@h/d?" + text);
        Assert.InRange(watch.ElapsedMilliseconds, 0, 5_000);
    }

    static string Everything(DriverVerdict verdict) =>
        string.Join('\n', [verdict.ToString(), .. verdict.Differences.Select(one => one.ToString()), .. verdict.Remarks]);
}
