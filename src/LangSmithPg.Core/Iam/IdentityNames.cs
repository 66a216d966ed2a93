using System.Text.RegularExpressions;

namespace LangSmithPg.Iam;

/// <summary>The forms in which clouds write their identities.</summary>
static partial class IdentityNames
{
    /// <exception cref="FormatException">It is no ARN of a role.</exception>
    public static string CheckRoleArn(string? text)
    {
        var arn = text?.Trim() ?? "";
        return Role().IsMatch(arn) ? arn : throw new FormatException(
            $"'{arn}' is not a valid ARN of an IAM role: {FaultOfArn(arn)} Example: arn:aws:iam::123456789012:role/langsmith.");
    }

    /// <exception cref="FormatException">It is no e-mail address of a service account.</exception>
    public static string CheckServiceAccount(string? text)
    {
        var address = text?.Trim() ?? "";
        if (ServiceAccount().IsMatch(address))
        {
            return address;
        }

        var fault = DatabaseUser().IsMatch(address)
            ? "this is the short form, which Cloud SQL uses for the user name. Add .gserviceaccount.com."
            : "an example is langsmith@project.iam.gserviceaccount.com.";
        throw new FormatException($"'{address}' is not a valid e-mail address of a Google Cloud service account: {fault}");
    }

    /// <exception cref="FormatException">It is no GUID.</exception>
    public static string CheckGuid(string? text, string what, string howToGet) =>
        Guid.TryParse(text, out var guid) && guid != Guid.Empty
            ? guid.ToString()
            : throw new FormatException($"'{text}' is not a valid {what}: it must be a GUID, as {howToGet} returns it.");

    static string FaultOfArn(string arn) => arn.Split(':') switch
    {
        ["arn", _, "sts", ..] => "this is the session of an assumed role; specify the role itself.",
        ["arn", _, "iam", "", _, var resource] when !resource.StartsWith("role/", StringComparison.Ordinal) =>
            $"this is the ARN of another resource type, {resource.Split('/')[0]}.",
        ["arn", _, "iam", "", var account, _] when account.Length != 12 || !account.All(char.IsAsciiDigit) => "the account ID must have twelve digits.",
        ["arn", var partition, "iam", "", _, _] when !Partition().IsMatch(partition) => $"the partition {partition} does not exist.",
        _ => "it does not have the parts of a role ARN.",
    };

    // Source: docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html. A path is of printable ASCII.
    [GeneratedRegex(@"^arn:(aws|aws-cn|aws-us-gov|aws-iso(-[bef])?|aws-eusc):iam::[0-9]{12}:role/([!-.0-~]+/)*[A-Za-z0-9+=,.@_-]{1,64}\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Role();

    [GeneratedRegex(@"^(aws|aws-cn|aws-us-gov|aws-iso(-[bef])?|aws-eusc)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Partition();

    // Source: cloud.google.com/iam/docs/service-account-types: a user's own, App Engine's, and Compute Engine's. A project of a
    // domain stands before the domain.
    [GeneratedRegex(
        @"^([a-z][a-z0-9-]{4,28}[a-z0-9]@[a-z][a-z0-9-]{4,28}[a-z0-9](\.[a-z0-9-]+)*\.iam|[a-z][a-z0-9-]{4,28}[a-z0-9]@appspot|[0-9]+-compute@developer)\.gserviceaccount\.com\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex ServiceAccount();

    [GeneratedRegex(@"^[^@]+@[^@]+\.iam\z")]
    private static partial Regex DatabaseUser();
}
