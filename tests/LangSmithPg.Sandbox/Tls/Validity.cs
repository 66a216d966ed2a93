namespace LangSmithPg.Sandbox.Tls;

/// <summary>The time in which a certificate is valid.</summary>
/// <param name="From">Its first moment.</param>
/// <param name="Until">Its last moment.</param>
public readonly record struct Validity(DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>From yesterday until in a year.</summary>
    public static Validity Current => Around(-1, 365);

    /// <summary>From a year ago until yesterday.</summary>
    public static Validity Expired => Around(-365, -1);

    /// <summary>From tomorrow until in a year.</summary>
    public static Validity NotYet => Around(1, 365);

    /// <summary>From yesterday until in some days.</summary>
    /// <param name="days">How many.</param>
    public static Validity EndingIn(double days) => Around(-1, days);

    internal static Validity Around(double daysFrom, double daysUntil)
    {
        var now = DateTimeOffset.UtcNow;
        return new(now.AddDays(daysFrom), now.AddDays(daysUntil));
    }
}
