using Microsoft.AspNetCore.Routing;

namespace Packit.Sandbox.Lookaside;

internal static class LookasideRoutes
{
    public static void Map(IEndpointRouteBuilder routes, LookasideStandIn standIn)
    {
    }
}
