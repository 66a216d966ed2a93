using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Connections.Drivers;
using LangSmithPg.Tls;

namespace LangSmithPg.Formatting;

/// <summary>A server's certificate as text for the terminal: what it is, then a line a TLS mode with what each driver makes of it.</summary>
public static class CertificateView
{
    const int LabelWidth = 14;
    const int SettingWidth = 44;
    const int OutcomeWidth = 18;
    const int NarrowSettingWidth = 40;
    const int NarrowOutcomeWidth = 12;

    /// <summary>Writes the certificate, line by line.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="width">Width of the terminal in characters.</param>
    public static IEnumerable<string> Lines(ServerCertificate certificate, int width)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        yield return $"{Ansi.Bold($"{certificate.HostName}:{certificate.Port}")} ({certificate.Protocol} {certificate.Cipher})";
        yield return Labelled("Subject", certificate.Subject);
        yield return Labelled("Names", string.Join(", ", certificate.Names));
        yield return Labelled("Issuer", certificate.Issuer);
        yield return Labelled("Valid", $"{Day(certificate.NotBefore)} to {Day(certificate.NotAfter)}");
        yield return Labelled("Key", $"{certificate.Key}, signed with {certificate.Signature}");
        yield return Labelled("Sent", string.Join(", then ", certificate.Sent));
        // On a line of its own: it is for comparing, and as long as a terminal is wide.
        yield return "  SHA-256";
        foreach (var part in certificate.Fingerprint.Chunk(width > certificate.Fingerprint.Length + 2 ? certificate.Fingerprint.Length : 48))
        {
            yield return $"  {new string(part)}";
        }

        yield return Labelled("Client", certificate.AsksForClientCertificate ? "asked for a certificate" : "not asked for a certificate");
        var (setting, outcome) = width < 100 ? (NarrowSettingWidth, NarrowOutcomeWidth) : (SettingWidth, OutcomeWidth);
        yield return $"  {"Connection string".PadRight(setting)}{"libpq".PadRight(outcome)}{"asyncpg".PadRight(outcome)}pgx";
        foreach (var verdicts in certificate.Verdicts.GroupBy(verdict => verdict.Setting))
        {
            yield return $"  {verdicts.Key.PadRight(setting)}{string.Join(' ', verdicts.Select(verdict => Shown(verdict, outcome)))}";
        }

        foreach (var reasons in certificate.Verdicts.Where(verdict => verdict.Outcome >= TlsOutcome.Refused).GroupBy(verdict => verdict.Reason))
        {
            var drivers = string.Join(", ", reasons.Select(verdict => verdict.Driver).Distinct().Select(Name));
            var result = reasons.First().Outcome;
            var head = $"  {Ansi.Color(result == TlsOutcome.Refused ? FindingStatus.Fail : FindingStatus.Unknown, result.ToString().PadRight(LabelWidth))}";
            foreach (var line in FilledLines.Of(VisibleText.Line($"{reasons.Key} ({drivers})"), width - LabelWidth - 3))
            {
                yield return head + line;
                head = new(' ', LabelWidth + 2);
            }
        }
    }

    static string Shown(TlsVerdict verdict, int width) => Ansi.Color(
        verdict.Outcome switch
        {
            TlsOutcome.Verified => FindingStatus.Pass,
            TlsOutcome.Refused => FindingStatus.Fail,
            TlsOutcome.Plain => FindingStatus.NotApplicable,
            TlsOutcome.Unknown => FindingStatus.Unknown,
            _ => FindingStatus.Warning,
        },
        // The last column ends with its word.
        verdict.Driver == PgDriver.Pgx ? Word(verdict.Outcome, width) : Word(verdict.Outcome, width).PadRight(width - 1));

    static string Word(TlsOutcome outcome, int width) => width == NarrowOutcomeWidth && outcome == TlsOutcome.AuthorityVerified ? "Authority" : outcome.ToString();

    static string Labelled(string label, string value) => $"  {label,-LabelWidth}{VisibleText.Line(value)}";

    static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string Name(PgDriver driver) => driver switch
    {
        PgDriver.Libpq => "libpq",
        PgDriver.Asyncpg => "asyncpg",
        _ => "pgx",
    };
}
