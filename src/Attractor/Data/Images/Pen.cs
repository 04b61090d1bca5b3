using System.Runtime.CompilerServices;
using Point = (double X, double Y);

namespace Attractor.Data;

/// <summary>Draws straight lines with round ends, white on black, smooth at the edge.</summary>
internal static class Pen
{
    // Width of the edge, over which white becomes black, in pixels.
    private const double Edge = 1.25;

    /// <summary>A line; where lines meet, the brighter counts.</summary>
    /// <param name="image">side * side pixels; pixel (i, j) has its middle at x = j + 1/2, y = i + 1/2.</param>
    /// <param name="side">H and W.</param>
    /// <param name="start">One end; what lies outside the image is cut off.</param>
    /// <param name="end">The other.</param>
    /// <param name="radius">Half the width of the line, in pixels.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Draw(Span<float> image, int side, Point start, Point end, double radius)
    {
        double reach = radius + (Edge / 2), dx = end.X - start.X, dy = end.Y - start.Y, square = (dx * dx) + (dy * dy);
        int left = Math.Max(0, (int)Math.Floor(Math.Min(start.X, end.X) - reach)),
            right = Math.Min(side - 1, (int)Math.Ceiling(Math.Max(start.X, end.X) + reach));
        int top = Math.Max(0, (int)Math.Floor(Math.Min(start.Y, end.Y) - reach)),
            bottom = Math.Min(side - 1, (int)Math.Ceiling(Math.Max(start.Y, end.Y) + reach));
        for (int i = top; i <= bottom; i++)
        {
            double y = i + 0.5 - start.Y;
            for (int j = left; j <= right; j++)
            {
                double x = j + 0.5 - start.X;
                double along = square > 0 ? Math.Clamp(((x * dx) + (y * dy)) / square, 0, 1) : 0;
                double aside = x - (along * dx), away = y - (along * dy);
                float white = (float)Math.Clamp((reach - Math.Sqrt((aside * aside) + (away * away))) / Edge, 0, 1);
                ref float pixel = ref image[(i * side) + j];
                if (white > pixel)
                    pixel = white;
            }
        }
    }
}
