using System.Security.Cryptography;
using System.Text;

namespace LangSmithPg.Reports.Html;

/// <summary>The page's style sheet and script, and the policy that allows them and nothing else: no request ever leaves the page.</summary>
static class PageAssets
{
    public static readonly Markup Style = Read("report.css");
    public static readonly Markup Script = Read("report.js");

    public static readonly string Policy =
        $"default-src 'none'; style-src {Hash(Style)}; script-src {Hash(Script)}; base-uri 'none'; form-action 'none'";

    // Browsers hash what they parsed, where every line ends in LF.
    static Markup Read(string name)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Markup.Trusted(reader.ReadToEnd().ReplaceLineEndings("\n"));
    }

    static string Hash(Markup content) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content.ToString())))}'";
}
