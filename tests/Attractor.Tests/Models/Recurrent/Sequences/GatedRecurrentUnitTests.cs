using System.Text.Json;
using Attractor.Data;
using Attractor.Differentiation;
using Attractor.Models;

namespace Attractor.Tests.Models.Recurrent.Sequences;

[Trait("Registers", "Narrow")]
public sealed class GatedRecurrentUnitTests
{
    private static readonly int[] s_lengths = [4, 7, 1, 7, 2];

    public static TheoryData<int, bool> Cases
        => new() { { 5, false }, { 5, true }, { 16, false }, { 16, true }, { 19, false }, { 19, true } };

    [Theory]
    [MemberData(nameof(Cases))]
    public void States_and_gradients_are_those_of_PyTorch(int units, bool backward)
    {
        JsonElement golden = Golden.Read("gated_recurrent_unit.golden.json").GetProperty("cases").EnumerateArray()
            .Single(c => c.GetProperty("units").GetInt32() == units && c.GetProperty("backward").GetBoolean() == backward);
        LinearStream stream = new(3);
        using Tape<double> tape = new();
        Variable<double> inputWeights = tape.Variable(new(3 * units, 3), stream.Take(9 * units)),
            weights = tape.Variable(new(3 * units, units), stream.Take(3 * units * units));
        Variable<double> inputBias = tape.Variable(new(1, 3 * units), stream.Take(3 * units)),
            bias = tape.Variable(new(1, 3 * units), stream.Take(3 * units));
        Variable<double> initial = tape.Variable(new(1, units), stream.Take(units));
        TimeSeries[] inputs = new TimeSeries[s_lengths.Length], cotangents = new TimeSeries[s_lengths.Length];
        for (int i = 0; i < s_lengths.Length; i++)
            (inputs[i], cotangents[i]) = (new(stream.Take(3 * s_lengths[i]), 3), new(stream.Take(units * s_lengths[i]), units));
        PackedSequences x = new(inputs), cotangent = new(cotangents);

        Variable<double> projected = tape.Constant(new(x.Layout.Rows, 3), x.Values).Affine(inputWeights, inputBias);
        Variable<double> h = GatedRecurrentUnit.Apply(
            projected, weights, bias, initial, x.Layout, backward ? TimeDirection.Backward : TimeDirection.Forward);
        tape.Backward(h, cotangent.Values);

        for (int i = 0; i < x.Layout.Sequences; i++)
        {
            double[] expected = golden.GetProperty("states")[x.Layout.Order[i]].Doubles();
            int[] rows = x.Layout.RowsOf(i);
            for (int t = 0; t < rows.Length; t++)
                for (int j = 0; j < units; j++)
                    Assert.Equal(expected[(t * units) + j], h.Value[(rows[t] * units) + j], 1e-13);
        }
        Variable<double>[] parameters = [inputWeights, weights, inputBias, bias, initial];
        for (int k = 0; k < parameters.Length; k++)
        {
            double[] expected = golden.GetProperty("gradients")[k].Doubles();
            for (int i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], parameters[k].Gradient[i], 1e-11);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_gradient_is_there_whichever_others_are_asked_for(bool isOfInputs)
    {
        const int units = 5;
        SequenceLayout layout = new(s_lengths);
        double[] Gradient(bool inputs, bool weights)
        {
            LinearStream stream = new(4);
            using Tape<double> tape = new();
            Shape ofInputs = new(layout.Rows, 3 * units), ofWeights = new(3 * units, units);
            double[] u = stream.Take(layout.Rows * 3 * units), w = stream.Take(3 * units * units);
            Variable<double> projected = inputs ? tape.Variable(ofInputs, u) : tape.Constant(ofInputs, u),
                recurrent = weights ? tape.Variable(ofWeights, w) : tape.Constant(ofWeights, w);
            Variable<double> h = GatedRecurrentUnit.Apply(
                projected, recurrent, tape.Constant(new(1, 3 * units), stream.Take(3 * units)),
                tape.Constant(new(1, units), stream.Take(units)), layout);
            tape.Backward(h.Square().Sum());
            return (isOfInputs ? projected : recurrent).Gradient.ToArray();
        }

        Assert.Equal(Gradient(true, true), Gradient(isOfInputs, !isOfInputs));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_of_all_inputs_agree_with_central_differences(int units, bool backward)
    {
        SequenceLayout layout = new(s_lengths);
        int projected = layout.Rows * 3 * units, weights = 3 * units * units, bias = 3 * units;
        double[] at = new LinearStream(5).Take(projected + weights + bias + units);
        GradientCheck check = Gradient.Check(
            (tape, x) =>
            {
                Variable<double> h = GatedRecurrentUnit.Apply(
                    x.SliceColumns(0, projected).Reshape(layout.Rows, 3 * units),
                    x.SliceColumns(projected, weights).Reshape(3 * units, units),
                    x.SliceColumns(projected + weights, bias), x.SliceColumns(projected + weights + bias, units), layout,
                    backward ? TimeDirection.Backward : TimeDirection.Forward);
                return (h * h * h.Exp()).Sum();
            },
            new(1, at.Length), at);
        Assert.InRange(check.RelativeError, 0, 1e-7);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named()
    {
        SequenceLayout layout = new(2, 3);
        using Tape<double> tape = new();
        Variable<double> projected = tape.Constant(new(5, 6), new double[30]), weights = tape.Constant(new(6, 2), new double[12]);
        Variable<double> bias = tape.Constant(new(1, 6), new double[6]), initial = tape.Constant(new(1, 2), new double[2]);
        Assert.Equal(new Shape(5, 2), GatedRecurrentUnit.Apply(projected, weights, bias, initial, layout).Shape);
        Assert.Contains(
            "18 x 6, found 1 x 6",
            Assert.Throws<ArgumentException>(() => GatedRecurrentUnit.Apply(projected, bias, bias, initial, layout)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "1 x 6, found 1 x 2",
            Assert.Throws<ArgumentException>(() => GatedRecurrentUnit.Apply(projected, weights, initial, initial, layout)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "1 x 2, found 1 x 6",
            Assert.Throws<ArgumentException>(() => GatedRecurrentUnit.Apply(projected, weights, bias, bias, layout)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "6 x 6, found 5 x 6",
            Assert.Throws<ArgumentException>(() => GatedRecurrentUnit.Apply(projected, weights, bias, initial, new(3, 3))).Message,
            StringComparison.Ordinal);
    }
}
