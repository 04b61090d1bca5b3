namespace Attractor.Reports;

/// <summary>Names in a plane, moved apart where they would lie over each other.</summary>
internal static class LabelPlaces
{
    private const int Rounds = 200;

    /// <summary>The places nearest to the wished ones, or nearly so, at which no two names overlap.</summary>
    /// <param name="wished">Their middles.</param>
    /// <param name="width">Of a name, in the units of the abscissa.</param>
    /// <param name="height">Of a name, in those of the ordinate.</param>
    public static (double X, double Y)[] Parted(IReadOnlyList<(double X, double Y)> wished, double width, double height)
    {
        (double X, double Y)[] places = [.. wished];
        bool moved = true;
        for (int round = 0; round < Rounds && moved; round++)
        {
            moved = false;
            for (int i = 0; i < places.Length; i++)
                for (int k = i + 1; k < places.Length; k++)
                    moved |= Part(ref places[i], ref places[k], width, height);
        }
        return places;
    }

    // By half of what they share each, in the direction in which that is less.
    private static bool Part(ref (double X, double Y) a, ref (double X, double Y) b, double width, double height)
    {
        double x = b.X - a.X, y = b.Y - a.Y, sharedX = width - Math.Abs(x), sharedY = height - Math.Abs(y);
        if (!(sharedX > 1e-9 * width) || !(sharedY > 1e-9 * height))
            return false;
        if (sharedX / width < sharedY / height)
        {
            double step = (x < 0 ? -sharedX : sharedX) / 2;
            (a.X, b.X) = (a.X - step, b.X + step);
        }
        else
        {
            double step = (y < 0 ? -sharedY : sharedY) / 2;
            (a.Y, b.Y) = (a.Y - step, b.Y + step);
        }
        return true;
    }
}
