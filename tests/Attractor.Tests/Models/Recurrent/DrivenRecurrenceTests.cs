using Attractor.Data;
using Attractor.Differentiation;
using Attractor.Models;

namespace Attractor.Tests.Models.Recurrent;

[Trait("Registers", "Any")]
public sealed class DrivenRecurrenceTests
{
    public static TheoryData<string, bool> Cases
    {
        get
        {
            TheoryData<string, bool> cases = [];
            foreach (string kind in LibraryCells.Kinds)
            {
                cases.Add(kind, false);
                cases.Add(kind, true);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_is_the_map_plus_the_drive_of_each_step(string kind, bool backward)
    {
        RecurrentModel model = Model(kind);
        SequenceLayout layout = new(Lengths);
        double[] drive = new LinearStream(1).Take(layout.Rows * 4);
        using Tape<double> tape = new();
        using DrivenRecurrence<double> recurrence = new(model);
        Variable<double> h = recurrence.Apply(
            tape.Constant(new(1, model.ParameterCount), model.Parameters.Values),
            tape.Constant(new(layout.Rows, 4), drive),
            layout,
            Direction(backward));
        for (int sequence = 0; sequence < layout.Sequences; sequence++)
        {
            double[] state = new double[4];
            int[] rows = layout.RowsOf(sequence);
            if (backward)
                Array.Reverse(rows);
            foreach (int row in rows)
            {
                model.Step(state, state);
                for (int j = 0; j < 4; j++)
                {
                    state[j] += drive[(row * 4) + j];
                    Assert.Equal(state[j], h.Value[(row * 4) + j], 1e-12);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_of_parameters_and_drive_agree_with_central_differences(string kind, bool backward)
    {
        RecurrentModel model = Model(kind);
        SequenceLayout layout = new(Lengths);
        using DrivenRecurrence<double> recurrence = new(model);
        int count = model.ParameterCount;
        double[] at = [.. model.Parameters.Values, .. new LinearStream(2).Take(layout.Rows * 4)];
        // The diagonal of a PLRNN's W is no parameter: nothing flows into it.
        double[] mask = [.. Enumerable.Repeat(1.0, count)];
        if (model is RectifiedStateNetwork and not AlmostLinearRnn)
            for (int i = 0; i < 4; i++)
                mask[4 + (5 * i)] = 0;
        GradientCheck check = Gradient.Check(
            (tape, x) =>
            {
                Variable<double> parameters = x.SliceColumns(0, count) * tape.Constant(new(1, count), mask);
                Variable<double> h = recurrence.Apply(
                    parameters, x.SliceColumns(count, layout.Rows * 4).Reshape(layout.Rows, 4), layout, Direction(backward));
                return (h * h.Tanh()).Sum();
            },
            new(1, at.Length), at, step: 1e-7);
        Assert.InRange(check.RelativeError, 0, 1e-5);
    }

    [Fact]
    public void Kernels_come_back_empty_even_if_nobody_wanted_the_gradient_of_the_parameters()
    {
        RecurrentModel model = Model("shplrnn");
        SequenceLayout layout = new(Lengths);
        using DrivenRecurrence<double> recurrence = new(model);
        double[] drive = new LinearStream(2).Take(layout.Rows * 4);
        double[] first = GradientOfParameters();
        using (Tape<double> tape = new())
            tape.Backward(recurrence.Apply(
                tape.Constant(new(1, model.ParameterCount), model.Parameters.Values),
                tape.Variable(new(layout.Rows, 4), drive),
                layout).Sum());
        Assert.Equal(first, GradientOfParameters());

        double[] GradientOfParameters()
        {
            using Tape<double> tape = new();
            Variable<double> parameters = tape.Variable(new(1, model.ParameterCount), model.Parameters.Values);
            tape.Backward(recurrence.Apply(parameters, tape.Constant(new(layout.Rows, 4), drive), layout).Sum());
            return parameters.Gradient.ToArray();
        }
    }

    // More than one block of lanes of either width, and one longer than the steps whose weight gradients are formed at once.
    private static int[] Lengths => [5, 23, 1, 9, 9, 2, 3, 3, 4, 1, 6];

    private static TimeDirection Direction(bool backward) => backward ? TimeDirection.Backward : TimeDirection.Forward;

    private static RecurrentModel Model(string kind)
    {
        RecurrentModel model = RecurrentModel.Create(kind, RecurrentModelTests.Sizes(kind, 4, 4, 11), seed: 3);
        // Thresholds of 0 would put the first state, 0, on every kink.
        if (kind == "shplrnn")
            model.Parameters.Set("h2", new LinearStream(4).Take(11, 0.3));
        else if (model is RectifiedStateNetwork)
            model.Parameters.Set("h", new LinearStream(4).Take(4, 0.3));
        return model;
    }
}
