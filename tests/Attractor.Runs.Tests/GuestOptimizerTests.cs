using System.Text.Json;
using Attractor.Guests;
using Attractor.Learning;

namespace Attractor.Runs.Tests;

/// <summary>An optimiser that this project knows nothing of: registered, settings have a word for it.</summary>
public sealed class GuestOptimizerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    static GuestOptimizerTests() => OptimizerKind.Register(SignDescent.Word);

    private static Setting Setting => SettingsForm.Of<RecurrentSettings>().Find("optimizer")!;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_word_is_listed_parsed_and_written()
    {
        Assert.Equal(["radam", "adam", "sgd", "rprop", "sign-descent"], Setting.Words);
        Assert.Contains("radam, adam, sgd, rprop, sign-descent [radam]", Setting.Help, StringComparison.Ordinal);
        Assert.Same(SignDescent.Word, Setting.Parse("sign-descent"));
        Assert.Equal("\"sign-descent\"", Setting.Write(SignDescent.Word)!.ToJsonString());
        Assert.Equal(
            "--optimizer takes one of radam, adam, sgd, rprop, sign-descent, not sign-decent; did you mean sign-descent?",
            Assert.Throws<ArgumentException>(() => Setting.Parse("sign-decent")).Message);
    }

    [Theory]
    [InlineData("radam", typeof(RAdam))]
    [InlineData("adam", typeof(Adam))]
    [InlineData("sgd", typeof(Sgd))]
    [InlineData("rprop", typeof(Rprop))]
    [InlineData("sign-descent", typeof(SignDescent))]
    public void A_word_is_the_optimiser_of_its_name(string word, Type optimizer)
    {
        RecurrentSettings settings = new() { Optimizer = OptimizerKind.Find(word)!, Momentum = 0.7, LearningRate = 60 };
        Optimizer made = settings.ToOptions().Optimizer;
        Assert.Equal(optimizer, made.GetType());
        if (made is Sgd sgd)
            Assert.Equal(Optimizer.Sgd(0.7), sgd);
        if (made is Rprop rprop)
            Assert.Equal(Optimizer.Rprop(initialStep: 60, largestStep: 60), rprop);
        Assert.Equal(OptimizerKind.RAdam, new RecurrentSettings().Optimizer);
    }

    [Fact]
    public void A_run_learns_by_it_and_is_opened_again()
    {
        double[] before, after;
        using (Run run = Run.Start(_folder.File("STILL"), "shplrnn", _folder.WriteSeries(), Settings(momentum: 0)))
            before = Parameters(run);
        using (Run run = Run.Start(_folder.File("RUN"), "shplrnn", _folder.WriteSeries(), Settings(momentum: 1)))
            after = Parameters(run);

        // Twenty steps of one rate at most, up or down: what the rule does and no other.
        Assert.NotEqual(before, after);
        Assert.All(before.Zip(after), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 20 * 0.001 * (1 + 1e-3)));
        using JsonDocument config = JsonDocument.Parse(File.ReadAllText(_folder.File("RUN/config.json")));
        Assert.Equal("sign-descent", config.RootElement.GetProperty("optimizer").GetString());
        Assert.Same(SignDescent.Word, ((RecurrentSettings)Run.Open(_folder.File("RUN")).Settings).Optimizer);
    }

    [Fact]
    public void A_name_is_a_word_and_given_once()
    {
        OptimizerKind.Register(SignDescent.Word);
        Assert.StartsWith(
            "There is an optimiser 'adam' already; give the new one another name.",
            Assert.Throws<ArgumentException>(() => OptimizerKind.Register(new("adam", _ => Optimizer.Adam()))).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "The optimiser 'My rule' needs a name of lower-case letters, digits and hyphens.",
            Assert.Throws<ArgumentException>(() => OptimizerKind.Register(new("My rule", _ => Optimizer.Adam()))).Message,
            StringComparison.Ordinal);
    }

    private static RecurrentSettings Settings(double momentum) => new()
    {
        Updates = 20,
        Sequence = 20,
        Hidden = 5,
        Optimizer = SignDescent.Word,
        Momentum = momentum,
        LearningRate = 0.001,
        Schedule = RateSchedule.Constant,
    };

    private static double[] Parameters(Run run)
    {
        run.Train();
        return ((Models.RecurrentModel)run.Model).Parameters.Values.ToArray();
    }
}
