using LangSmithPg.Connections;
using LangSmithPg.Iam;

namespace LangSmithPg.Core.Tests.Iam;

public sealed class WorkloadIdentityTests
{
    [Theory]
    [InlineData("arn:aws:iam::123456789012:role/langsmith")]
    [InlineData("arn:aws-cn:iam::123456789012:role/langsmith")]
    [InlineData("arn:aws-us-gov:iam::123456789012:role/team/eks/langsmith-pg_1+=,.@x")]
    [InlineData(" arn:aws:iam::123456789012:role/aws-service-role/x.amazonaws.com/Role ")]
    public void An_aws_role_becomes_one_annotation(string arn)
    {
        var identity = WorkloadIdentity.Aws(arn);

        Assert.Equal(IamAuthProvider.Aws, identity.Provider);
        Assert.Equal([KeyValuePair.Create("eks.amazonaws.com/role-arn", arn.Trim())], identity.Annotations);
        Assert.Empty(identity.PodLabels);
    }

    [Theory]
    [InlineData("langsmith", "parts")]
    [InlineData("arn:aws:iam::<account-id>:role/<role-name>", "twelve digits")]
    [InlineData("arn:aws:iam::12345678901:role/langsmith", "twelve digits")]
    [InlineData("arn:aws:sts::123456789012:assumed-role/langsmith/session", "session")]
    [InlineData("arn:aws:iam::123456789012:user/langsmith", "user")]
    [InlineData("arn:aws:iam::123456789012:instance-profile/langsmith", "instance-profile")]
    [InlineData("arn:amazon:iam::123456789012:role/langsmith", "partition amazon")]
    [InlineData("arn:aws:iam::123456789012:role/", "parts")]
    [InlineData("arn:aws:iam::123456789012:role/a b", "parts")]
    [InlineData("arn:aws:iam::123456789012:role/langsmith\nx", "parts")]
    [InlineData("arn:aws:iam:eu-west-1:123456789012:role/langsmith", "parts")]
    public void What_is_no_aws_role_is_refused_with_the_cause(string arn, string cause) =>
        AssertRefused(() => WorkloadIdentity.Aws(arn), cause);

    [Theory]
    [InlineData("langsmith@my-project.iam.gserviceaccount.com")]
    [InlineData("langsmith@my-project.example.com.iam.gserviceaccount.com")]
    [InlineData("my-project@appspot.gserviceaccount.com")]
    [InlineData("123456789012-compute@developer.gserviceaccount.com")]
    public void A_google_service_account_becomes_one_annotation(string address) => Assert.Equal(
        [KeyValuePair.Create("iam.gke.io/gcp-service-account", address)], WorkloadIdentity.Gcp(address).Annotations);

    [Theory]
    [InlineData("langsmith@my-project.iam", "Add .gserviceaccount.com")]
    [InlineData("<service-account>@<project>.iam.gserviceaccount.com", "an example is")]
    [InlineData("someone@example.com", "an example is")]
    [InlineData("Langsmith@my-project.iam.gserviceaccount.com", "an example is")]
    [InlineData("", "an example is")]
    public void What_is_no_google_service_account_is_refused_with_the_cause(string address, string cause) =>
        AssertRefused(() => WorkloadIdentity.Gcp(address), cause);

    [Fact]
    public void An_azure_identity_becomes_annotations_and_a_label_that_is_a_text()
    {
        var identity = WorkloadIdentity.Azure("{0E4F8ECF-0000-4000-8000-000000000001}", "1e100000-0000-4000-8000-000000000002");

        Assert.Equal(
            [
                KeyValuePair.Create("azure.workload.identity/client-id", "0e4f8ecf-0000-4000-8000-000000000001"),
                KeyValuePair.Create("azure.workload.identity/tenant-id", "1e100000-0000-4000-8000-000000000002"),
            ],
            identity.Annotations);
        Assert.Equal([KeyValuePair.Create("azure.workload.identity/use", "true")], identity.PodLabels);
        Assert.Single(WorkloadIdentity.Azure("0e4f8ecf-0000-4000-8000-000000000001").Annotations);
    }

    [Theory]
    [InlineData("<managed-identity-client-id>")]
    [InlineData("langsmith-identity")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("")]
    public void What_is_no_guid_is_refused(string id)
    {
        AssertRefused(() => WorkloadIdentity.Azure(id), "client ID");
        AssertRefused(() => WorkloadIdentity.Azure("0e4f8ecf-0000-4000-8000-000000000001", id), "tenant ID");
    }

    static void AssertRefused(Func<WorkloadIdentity> make, string cause) =>
        Assert.Contains(cause, Assert.Throws<FormatException>(make).Message, StringComparison.Ordinal);
}
