using Attractor.Differentiation;

namespace Attractor.Tests.Differentiation;

[Trait("Registers", "Any")]
public sealed class TapeTests
{
    [Fact]
    public void Gradients_of_a_sum_of_squares_are_twice_the_values()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(new(1, 3), [1, -2, 3]);
        tape.Backward(x.Square().Sum());
        Assert.Equal([2.0, -4, 6], x.Gradient.ToArray());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(100)]
    public void A_number_is_the_derivative_of_its_product_with_each_of_many_values(int columns)
    {
        double[] values = [.. Enumerable.Range(0, columns).Select(i => 1.5 + i)];
        using Tape<double> tape = new();
        Variable<double> number = tape.Variable(new(1, 1), [3]), x = tape.Variable(new(1, columns), values);
        tape.Backward((number * x).Sum());
        Assert.All(x.Gradient.ToArray(), g => Assert.Equal(3, g));
        Assert.Equal(values.Sum(), number.Gradient[0], 1e-9);
        tape.Backward((x * number).Sum());
        Assert.All(x.Gradient.ToArray(), g => Assert.Equal(3, g));
        tape.Backward((x / number).Sum());
        Assert.All(x.Gradient.ToArray(), g => Assert.Equal(1 / 3.0, g, 1e-15));
    }

    [Fact]
    public void Of_two_equal_errors_the_first_is_named()
        => Assert.Equal((0, 1.0), GradientCheck.Compare([2, 2, 1], [1, 1, 1]) is var check ? (check.Index, check.RelativeError) : default);

    [Fact]
    public void A_second_pass_forgets_the_gradients_of_the_first()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(new(1, 2), [1, 2]), y = x * 3;
        tape.Backward(y, [1, 1]);
        tape.Backward(y, [1, 0]);
        Assert.Equal([3.0, 0], x.Gradient.ToArray());
    }

    [Fact]
    public void No_gradient_flows_through_a_stopped_value_or_a_constant()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(new(1, 1), [3]), c = tape.Constant(5);
        tape.Backward((x * x.StopGradient()) + (c * x));
        Assert.Equal(3 + 5, x.Gradient[0]);
        Assert.Throws<InvalidOperationException>(() => c.Gradient.Length);
    }

    [Fact]
    public void What_the_output_does_not_depend_on_has_a_gradient_of_zeros()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(new(1, 1), [3]), other = tape.Variable(new(2, 1), [1, 2]);
        tape.Backward(x.Square());
        Assert.Equal([0.0, 0], other.Gradient.ToArray());
    }

    [Fact]
    public void The_same_work_again_allocates_nothing()
    {
        using Tape<double> tape = new(threads: 1);
        double[] values = new double[300 * 40], weights = new double[40 * 50], bias = new double[50];
        int[] rows = [5, 7, 299];
        double Round()
        {
            tape.Reset();
            Variable<double> x = tape.Constant(new(300, 40), values),
                w = tape.Variable(new(50, 40), weights), b = tape.Variable(new(1, 50), bias);
            Variable<double> y = (x.Affine(w, b).Tanh() * 0.5).LogSoftmax().SliceColumns(3, 20).GatherRows(rows).SumOverColumns();
            Variable<double> loss = Variable<double>.ConcatenateRows(y, y).Sum();
            tape.Backward(loss);
            return loss.Scalar + w.Gradient[0];
        }

        for (int i = 0; i < 50; i++)
            Round();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            Round();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 0);
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        double[] a = [.. Enumerable.Range(0, 300 * 200).Select(i => Math.Sin(i))],
            b = [.. Enumerable.Range(0, 200 * 250).Select(i => Math.Cos(i))];
        (double[], double[]) Of(int threads)
        {
            using Tape<double> tape = new(threads);
            Variable<double> x = tape.Variable(new(300, 200), a), w = tape.Variable(new(250, 200), b);
            Variable<double> y = Variable<double>.Product(x, w, transposeB: true).Tanh();
            tape.Backward(y.Sum());
            return (y.Value.ToArray(), w.Gradient.ToArray());
        }
        (double[] one, double[] two) = (Of(1).Item1, Of(2).Item1);
        Assert.Equal(one, two);
        Assert.Equal(Of(1).Item2, Of(2).Item2);
    }

    [Fact]
    public void A_variable_of_before_a_reset_refuses_to_be_used()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(new(1, 1), [3]);
        tape.Reset();
        tape.Variable(new(1, 1), [4]);
        Assert.Contains("reset", Assert.Throws<InvalidOperationException>(() => x.Square()).Message, StringComparison.Ordinal);
        Assert.Contains(
            "no tape", Assert.Throws<InvalidOperationException>(() => default(Variable<double>).Exp()).Message, StringComparison.Ordinal);
        using Tape<double> other = new();
        Variable<double> y = other.Variable(new(1, 1), [1]), z = tape.Variable(new(1, 1), [1]);
        Assert.Contains("different tapes", Assert.Throws<ArgumentException>(() => y + z).Message, StringComparison.Ordinal);
        tape.Dispose();
        Assert.Throws<ObjectDisposedException>(() => tape.Constant(1));
    }

    [Fact]
    public void Shapes_that_do_not_go_together_are_named()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(new(2, 3), new double[6]),
            y = tape.Variable(new(3, 2), new double[6]), row = tape.Variable(new(1, 3), new double[3]);
        Assert.Contains("2 x 3 and 3 x 2", Assert.Throws<ArgumentException>(() => x + y).Message, StringComparison.Ordinal);
        Assert.Contains(
            "2 x 3 and 2 x 3", Assert.Throws<ArgumentException>(() => Variable<double>.Product(x, x)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "3 columns, found 3 x 2", Assert.Throws<ArgumentException>(() => x.Affine(y, row)).Message, StringComparison.Ordinal);
        Assert.Contains("1 x 2, found 1 x 3", Assert.Throws<ArgumentException>(() => x.Affine(x, row)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "6 values, found 5",
            Assert.Throws<ArgumentException>(() => tape.Constant(new(2, 3), new double[5])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "not 2 from 2 on", Assert.Throws<ArgumentOutOfRangeException>(() => x.SliceColumns(2, 2)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "index 2", Assert.Throws<ArgumentOutOfRangeException>(() => x.GatherRows([0, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("2 rows and 1 indices", Assert.Throws<ArgumentException>(() => x.Pick([0])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "cannot be one of 4 x 2", Assert.Throws<ArgumentException>(() => x.Reshape(4, 2)).Message, StringComparison.Ordinal);
        Assert.Contains("is that of a number", Assert.Throws<ArgumentException>(() => tape.Backward(x)).Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => new Tape<Half>());
    }

    [Theory]
    [InlineData(800)]
    [InlineData(-800)]
    public void Careful_functions_do_not_overflow_or_vanish(double logit)
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(new(1, 2), [logit, 0]);
        Variable<double> y = x.BernoulliLogLikelihood(tape.Constant(new(1, 2), [logit > 0 ? 0 : 1, 1]));
        Assert.Equal([-800, -Math.Log(2)], y.Value.ToArray());
        tape.Backward(y.Sum());
        Assert.Equal([logit > 0 ? -1.0 : 1, 0.5], x.Gradient.ToArray());
        Assert.Equal(Math.Max(logit, 0), x.LogSumExp().Scalar);
        Assert.Equal([logit > 0 ? 0 : -800, logit > 0 ? -800 : 0], x.LogSoftmax().Value.ToArray());
    }

    [Fact]
    public void A_row_of_minus_infinities_is_a_sum_of_nothing()
    {
        double no = double.NegativeInfinity;
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(new(4, 2), [no, no, 0, no, double.PositiveInfinity, 0, double.NaN, no]), y = x.LogSumExp();
        Assert.Equal([no, 0, double.PositiveInfinity, double.NaN], y.Value.ToArray());
        tape.Backward(y.SliceRows(0, 2).Sum());
        Assert.Equal([0.0, 0, 1, 0], x.Gradient[..4].ToArray());
    }

    [Fact]
    public void The_product_with_the_Hessian_of_a_quadratic_form_is_its_matrix_times_the_vector()
    {
        double[] a = [4, 1, 0, 1, 3, -1, 0, -1, 2];
        double[] product = Gradient.HessianVectorProduct(
            (tape, x) => Variable<double>.Product(Variable<double>.Product(x, tape.Constant(new(3, 3), a)), x, transposeB: true) / 2,
            new(1, 3),
            [1, 2, 3],
            [1, 0, -1]);
        Assert.Equal([4.0, 2, -2], product, (x, y) => Math.Abs(x - y) < 1e-9);
        // d2/dx2 of sum exp(x) is diagonal.
        product = Gradient.HessianVectorProduct((_, x) => x.Exp().Sum(), new(1, 2), [0.3, -1], [2, -3]);
        Assert.Equal([2 * Math.Exp(0.3), -3 * Math.Exp(-1)], product, (x, y) => Math.Abs(x - y) < 1e-9);
    }

    [Fact]
    public void Products_with_the_Jacobian_of_an_affine_map_are_its_matrix_and_the_transpose()
    {
        double[] w = [1, 2, 3, 4, 5, 6];
        Variable<double> Map(Tape<double> tape, Variable<double> x)
            => x.Affine(tape.Constant(new(2, 3), w), tape.Constant(new(1, 2), [7, 8]));
        Assert.Equal([14.0, 32], Gradient.JacobianVectorProduct(Map, new(1, 3), [0, 0, 0], [1, 2, 3]));
        Assert.Equal([9.0, 12, 15], Gradient.VectorJacobianProduct(Map, new(1, 3), [0, 0, 0], [1, 2]));
    }

    [Fact]
    public void An_operation_of_ones_own_is_checked_as_any_other()
    {
        Cube cube = new();
        GradientCheck check = Gradient.Check((_, x) => cube.Of(x).Sum(), new(2, 3), [1, 2, 3, -1, -2, 0.5]);
        Assert.InRange(check.RelativeError, 0, 1e-8);
        // Without a forward mode of its own it is differentiated by differences.
        double[] tangent = Gradient.JacobianVectorProduct((_, x) => cube.Of(x) * x, new(1, 2), [1, 2], [1, -1]);
        Assert.Equal([4.0, -32], tangent, (x, y) => Math.Abs(x - y) < 1e-7);
    }

    [Fact]
    public void An_operation_that_asks_for_an_input_it_has_not_is_told()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Variable(new(1, 2), [1, 2]);
        Assert.Contains(
            "has 1 inputs, not an input 1",
            Assert.Throws<ArgumentOutOfRangeException>(() => tape.Apply(new SecondInput(), x.Shape, saved: 0, x)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_gradient_that_is_wrong_fails_its_check()
    {
        Cube wrong = new() { Factor = 2.9 };
        Assert.InRange(Gradient.Check((_, x) => wrong.Of(x).Sum(), new(1, 1), [2]).RelativeError, 0.03, 0.04);
    }

    private sealed class SecondInput : Operation<double>
    {
        public override void Forward(OperationContext<double> context) => context.Input(1).Values.CopyTo(context.Output.Values);

        public override void Backward(OperationContext<double> context)
        {
        }
    }

    private sealed class Cube : Operation<double>
    {
        public double Factor { get; init; } = 3;

        public Variable<double> Of(Variable<double> x) => x.Tape.Apply(this, x.Shape, saved: x.Shape.Count, x);

        public override void Forward(OperationContext<double> context)
        {
            for (int i = 0; i < context.Saved.Length; i++)
            {
                double x = context.Input(0).Values[i];
                context.Saved[i] = x * x;
                context.Output.Values[i] = x * x * x;
            }
        }

        public override void Backward(OperationContext<double> context)
        {
            for (int i = 0; i < context.Saved.Length; i++)
                context.InputGradient(0).Values[i] += Factor * context.Saved[i] * context.OutputGradient.Values[i];
        }
    }
}
