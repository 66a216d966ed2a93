namespace LangSmithPg.Yaml.Tests.Editing;

/// <summary>The least number of lines that go and come between two texts. Source: Myers, "An O(ND) Difference Algorithm and Its Variations".</summary>
static class LineDistance
{
    public static int Between(string[] old, string[] now)
    {
        var most = old.Length + now.Length;
        var furthest = new Dictionary<int, int> { [1] = 0 };
        for (var distance = 0; ; distance++)
        {
            for (var diagonal = -distance; diagonal <= distance; diagonal += 2)
            {
                var x = diagonal == -distance || (diagonal != distance && furthest.GetValueOrDefault(diagonal - 1, -1) < furthest.GetValueOrDefault(diagonal + 1, -1))
                    ? furthest[diagonal + 1]
                    : furthest[diagonal - 1] + 1;
                while (x < old.Length && x - diagonal < now.Length && old[x] == now[x - diagonal])
                {
                    x++;
                }

                furthest[diagonal] = x;
                if (x >= old.Length && x - diagonal >= now.Length)
                {
                    return distance;
                }
            }

            Assert.True(distance <= most);
        }
    }
}
