using System.Globalization;
using System.Text;
using LangSmithPg.Tls.Reading;

namespace LangSmithPg.Tls;

/// <summary>
/// The public authorities: those that Mozilla trusts for servers, as the images of LangSmith's pods have them. The stores of this machine
/// are not asked: they may hold a company's authorities, which no pod has, and Windows fills its own store on demand only.
/// </summary>
static class PublicAuthorities
{
    const string Name = "authorities.pem";
    const string DateMark = "# Date: ";

    static readonly Lazy<(CaBundle Bundle, DateOnly Date)> Known = new(Load);

    /// <summary>All of them.</summary>
    public static CaBundle All => Known.Value.Bundle;

    /// <summary>The date of Mozilla's list.</summary>
    public static DateOnly Date => Known.Value.Date;

    /// <summary>Says whose list it is, and of which date.</summary>
    public static string Description => string.Create(CultureInfo.InvariantCulture, $"Mozilla's list of {Date:yyyy-MM-dd}");

    /// <summary>Those that are valid at a time.</summary>
    /// <param name="now">The time.</param>
    /// <exception cref="CertificateException">None is: the clock is wrong, or the module very old.</exception>
    public static CaBundle ValidAt(DateTimeOffset now)
    {
        var valid = All.Certificates.Where(one => one.Begins() <= now && now <= one.Ends()).ToList();
        return valid.Count > 0
            ? CaBundle.Of(valid)
            : throw new CertificateException(
                CertificateProblemKind.CertificateMissing, "public CAs", $"No certificate in {Description} is valid now.",
                "Check this machine's clock, or update the module.");
    }

    static (CaBundle Bundle, DateOnly Date) Load()
    {
        using var stream = typeof(PublicAuthorities).Assembly.GetManifestResourceStream(Name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = reader.ReadToEnd();
        var start = text.IndexOf(DateMark, StringComparison.Ordinal) + DateMark.Length;
        return (
            CaBundle.Of(CertificateReader.ReadBlocks(PemText.Read(text, Name), Name)),
            DateOnly.ParseExact(text.AsSpan(start, "yyyy-MM-dd".Length), "yyyy-MM-dd", CultureInfo.InvariantCulture));
    }
}
