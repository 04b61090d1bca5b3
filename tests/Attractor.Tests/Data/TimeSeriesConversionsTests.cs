using System.Numerics.Tensors;

namespace Attractor.Tests.Data;

public sealed class TimeSeriesConversionsTests
{
    private static readonly TimeSeries s_series = new([1, 2, 3, 4, 5, 6], 3, 0.1, ["a", "b", "c"]);

    [Fact]
    public void A_matrix_goes_and_comes_back()
    {
        double[,] matrix = s_series.ToMatrix();
        Assert.Equal(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } }, matrix);
        TimeSeries back = TimeSeries.FromMatrix(matrix, 0.1, ["a", "b", "c"]);
        matrix[0, 0] = -1;
        Assert.Equal(s_series.Values.ToArray(), back.Values.ToArray());
        Assert.Equal((3, 0.1, "c"), (back.Dimension, back.Dt, back.Names[2]));
    }

    [Fact]
    public void A_tensor_goes_and_comes_back()
    {
        Tensor<double> tensor = s_series.ToTensor();
        Assert.Equal([2, 3], tensor.Lengths.ToArray());
        Assert.Equal(6, tensor[1, 2]);
        tensor[0, 0] = -1;
        Assert.Equal(1, s_series[0, 0]);
        Assert.Equal([-1, 2, 3, 4, 5, 6], TimeSeries.FromTensor(tensor).Values.ToArray());
    }

    [Fact]
    public void A_transposed_view_is_read_by_its_indices()
    {
        TimeSeries transposed = TimeSeries.FromTensor(Tensor.Transpose(s_series.ToTensor()));
        Assert.Equal((3, 2), (transposed.Length, transposed.Dimension));
        Assert.Equal([1, 4, 2, 5, 3, 6], transposed.Values.ToArray());
    }

    [Fact]
    public void A_tensor_of_rank_1_is_one_variable_and_of_rank_3_is_refused()
    {
        Assert.Equal(1, TimeSeries.FromTensor(Tensor.Create<double>([1, 2, 3], [3])).Dimension);
        ArgumentException e = Assert.Throws<ArgumentException>(() => TimeSeries.FromTensor(Tensor.Create(new double[8], [2, 2, 2])));
        Assert.Contains("found (2, 2, 2)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_span_is_copied()
    {
        double[] values = [1, 2, 3, 4];
        TimeSeries series = TimeSeries.FromSpan(values.AsSpan(), 2);
        values[0] = 9;
        Assert.Equal(1, series[0, 0]);
    }
}
