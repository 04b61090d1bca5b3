namespace Attractor.Runs.Tests;

/// <summary>What an exception comes to for whoever asked.</summary>
public sealed class FailureTests
{
    [Fact]
    public void What_went_wrong_in_one_of_several_is_what_is_said()
    {
        AggregateException several = new(new AggregateException(new ArgumentException("--seeds must begin at 0", "seeds")));
        Failure failure = Failure.Of(several, name => name);
        Assert.Equal((2, ErrorCode.Usage, "--seeds must begin at 0"), (failure.ExitCode, failure.Code, failure.Message));
        Assert.Equal(130, Failure.Of(new AggregateException(new OperationCanceledException()), name => name).ExitCode);
    }
}
