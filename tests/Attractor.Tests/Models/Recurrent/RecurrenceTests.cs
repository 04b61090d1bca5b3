using Attractor.Differentiation;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Tests.Models.Recurrent;

[Trait("Registers", "Any")]
public sealed class RecurrenceTests
{
    public static TheoryData<string, int, int> Cases => new()
    {
        { "shplrnn", 1, 1 },
        { "shplrnn", 5, 23 },
        { "shplrnn", 19, 3 },
        { "clipped-shplrnn", 3, 41 },
        { "plrnn", 9, 20 },
        { "plrnn", 17, 2 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_is_the_map_applied_again_and_again(string kind, int rows, int steps)
    {
        RecurrentModel model = Model(kind);
        double[] states = States(rows);
        using Tape<double> tape = new();
        using Recurrence<double> recurrence = new(model, steps);
        Variable<double> run = recurrence.Apply(
            tape.Constant(new(1, model.ParameterCount), model.Parameters.Values), tape.Constant(new(rows, 4), states));
        Assert.Equal(new Shape(steps * rows, 4), run.Shape);
        double[] state = new double[4];
        for (int i = 0; i < rows; i++)
        {
            states.AsSpan(i * 4, 4).CopyTo(state);
            for (int t = 0; t < steps; t++)
            {
                model.Step(state, state);
                for (int j = 0; j < 4; j++)
                    Assert.Equal(state[j], run.Value[(((t * rows) + i) * 4) + j], 1e-12);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_with_respect_to_parameters_and_states_agree_with_central_differences(string kind, int rows, int steps)
    {
        RecurrentModel model = Model(kind);
        using Recurrence<double> recurrence = new(model, steps);
        int count = model.ParameterCount;
        double[] at = [.. model.Parameters.Values, .. States(rows)];
        GradientCheck check = Gradient.Check(
            (tape, x) =>
            {
                Variable<double> parameters = x.SliceColumns(0, count) * tape.Constant(new(1, count), Mask(model));
                Variable<double> run = recurrence.Apply(parameters, x.SliceColumns(count, 4 * rows).Reshape(rows, 4));
                return (run * run.Tanh()).Sum();
            },
            new(1, at.Length), at, step: 1e-7);
        Assert.InRange(check.RelativeError, 0, 1e-5);
    }

    [Fact]
    public void Used_twice_on_a_tape_with_other_parameters_each_time_it_keeps_them_apart()
    {
        RecurrentModel model = Model("shplrnn");
        using Recurrence<double> recurrence = new(model, 7);
        int count = model.ParameterCount;
        double[] at = [.. model.Parameters.Values, .. model.Parameters.Values.ToArray().Select(x => 0.9 * x)];
        GradientCheck check = Gradient.Check(
            (tape, x) =>
            {
                Variable<double> states = tape.Constant(new(3, 4), States(3));
                Variable<double> first = recurrence.Apply(x.SliceColumns(0, count), states);
                return (first + recurrence.Apply(x.SliceColumns(count, count), first.SliceRows(18, 3))).Square().Sum();
            },
            new(1, at.Length), at, step: 1e-7);
        Assert.InRange(check.RelativeError, 0, 1e-6);
    }

    [Fact]
    public void Shapes_that_do_not_fit_the_model_are_named()
    {
        RecurrentModel model = Model("plrnn");
        using Recurrence<double> recurrence = new(model, 2);
        using Tape<double> tape = new();
        Variable<double> parameters = tape.Constant(new(1, model.ParameterCount), model.Parameters.Values),
            states = tape.Constant(new(2, 3), new double[6]);
        Assert.Contains(
            "4 columns, found 2 x 3",
            Assert.Throws<ArgumentException>(() => recurrence.Apply(parameters, states)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            $"1 x {model.ParameterCount}, found 2 x 3",
            Assert.Throws<ArgumentException>(() => recurrence.Apply(states, states)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Recurrence<double>(model, 0));
    }

    private static RecurrentModel Model(string kind)
    {
        Dictionary<string, int> sizes = new() { ["observed"] = 3, ["latent"] = 4 };
        if (kind != "plrnn")
            sizes["hidden"] = 11;
        return RecurrentModel.Create(kind, sizes, seed: 3);
    }

    // The diagonal of a PLRNN's W is no parameter: nothing flows into it.
    private static double[] Mask(RecurrentModel model)
    {
        double[] mask = [.. Enumerable.Repeat(1.0, model.ParameterCount)];
        if (model is Plrnn)
            for (int i = 0; i < 4; i++)
                mask[4 + (5 * i)] = 0;
        return mask;
    }

    private static double[] States(int rows)
    {
        RandomStream random = new(5, "states");
        return [.. Enumerable.Range(0, rows * 4).Select(_ => random.NextNormal())];
    }
}
