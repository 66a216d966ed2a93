using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Moves.Rules;

/// <summary>How long the move takes, while which LangSmith has to be stopped.</summary>
sealed class TimeRule : IMoveRule
{
    // What pg_dump and pg_restore do with a few jobs, over a network and to a small instance of a cloud, and between two fast disks.
    const int Slow = 5;
    const int Fast = 50;
    const double Megabyte = 1_000_000;

    public IEnumerable<Finding> Evaluate(MoveInput input)
    {
        var megabytes = input.Source.Facts.Size / Megabyte;
        var (least, most) = (MoveText.Time(megabytes / Fast), MoveText.Time(megabytes / Slow));
        yield return input.Finding("Move.Time", FindingStatus.Pass, least == most ? $"The move is estimated to take {most}." : $"The move is estimated to take between {least} and {most}.") with
        {
            Evidence = $"{ByteSize.Text(input.Source.Facts.Size)}, for which {Slow} to {Fast} MB per second are assumed, indexes included; a test with a copy shows the real rate",
            Why = "LangSmith is stopped from the beginning of the dump until it uses the target.",
        };
    }
}
