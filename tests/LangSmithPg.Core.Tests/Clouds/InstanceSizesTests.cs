using LangSmithPg.Clouds;

namespace LangSmithPg.Core.Tests.Clouds;

public sealed class InstanceSizesTests
{
    // From the clouds' documentation.
    [Theory]
    [InlineData("Standard_B1ms", 1, 2)]
    [InlineData("Standard_B2s", 2, 4)]
    [InlineData("Standard_B2ms", 2, 8)]
    [InlineData("Standard_B20ms", 20, 80)]
    [InlineData("Standard_D2s_v3", 2, 8)]
    [InlineData("Standard_D4ds_v5", 4, 16)]
    [InlineData("Standard_D96ads_v5", 96, 384)]
    [InlineData("standard_d2ds_v4", 2, 8)]
    [InlineData("Standard_E20ds_v4", 20, 160)]
    [InlineData("Standard_E64s_v3", 64, 432)]
    [InlineData("Standard_E64ds_v4", 64, 504)]
    [InlineData("Standard_E64ads_v5", 64, 512)]
    [InlineData("Standard_E96ds_v5", 96, 672)]
    [InlineData("db.t3.micro", 2, 1)]
    [InlineData("db.t4g.medium", 2, 4)]
    [InlineData("db.m6g.large", 2, 8)]
    [InlineData("db.m7i.24xlarge", 96, 384)]
    [InlineData("db.r6g.large", 2, 16)]
    [InlineData("db.r4.large", 2, 15.25)]
    [InlineData("db.x2g.xlarge", 4, 64)]
    [InlineData("db.x2iedn.xlarge", 4, 128)]
    [InlineData("db.c6gd.medium", 1, 2)]
    [InlineData("db-custom-4-15360", 4, 15)]
    [InlineData("db-perf-optimized-N-8", 8, 64)]
    [InlineData("db-perf-optimized-N-128", 128, 864)]
    public void The_name_of_a_type_tells_its_size(string type, int vCpus, double gibibytes) =>
        Assert.Equal(new(vCpus, (long)(gibibytes * (1L << 30))), InstanceSizes.Find(type));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("db.serverless")]
    [InlineData("db.m6g.2largex")]
    [InlineData("db.m6g.0xlarge")]
    [InlineData("db.q9.large")]
    [InlineData("db-custom-4")]
    [InlineData("db-custom-9999-1")]
    [InlineData("Standard_D4ds_v5\n")]
    [InlineData("Premium_D4ds_v5")]
    public void What_is_not_documented_is_not_guessed(string? type) => Assert.Equal(default, InstanceSizes.Find(type));

    [Fact]
    public void The_number_of_vCPUs_is_told_where_the_memory_is_not_known() => Assert.Equal(new(96, MemoryBytes: null), InstanceSizes.Find("Standard_E96ds_v6"));
}
