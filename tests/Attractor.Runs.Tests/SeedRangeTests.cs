namespace Attractor.Runs.Tests;

public sealed class SeedRangeTests
{
    [Fact]
    public void A_range_is_all_seeds_from_end_to_end()
    {
        Assert.Equal([3, 4, 5], SeedRange.Parse("3..5"));
        Assert.Equal(10_000, SeedRange.Parse("1..10000").Length);
    }

    [Theory]
    [InlineData("1..10001", "is more than 10,000 trainings: 1..10000 is the longest from there")]
    [InlineData("7..4000000000", "is more than 10,000 trainings: 7..10006 is the longest from there")]
    [InlineData("0..9223372036854775807", "is more than 10,000 trainings")]
    [InlineData("1..20000000000000000000", "takes a range such as 1..8, not 1..20000000000000000000")]
    [InlineData("5..3", "takes a range such as 1..8, not 5..3")]
    [InlineData("8", "takes a range such as 1..8, not 8")]
    public void What_is_no_range_or_too_long_a_one_says_so(string text, string words)
        => Assert.Contains(words, Assert.Throws<SettingException>(() => SeedRange.Parse(text)).Message, StringComparison.Ordinal);
}
