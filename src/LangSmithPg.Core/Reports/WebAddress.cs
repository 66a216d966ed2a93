namespace LangSmithPg.Reports;

/// <summary>Addresses that a reader may follow with a click.</summary>
static class WebAddress
{
    /// <summary>The address with everything encoded, or null when it is none of the web's: a link could run a script.</summary>
    public static string? Of(Uri? address) =>
        address is { IsAbsoluteUri: true } && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            ? address.AbsoluteUri
            : null;
}
