/** The time is looked at so often: a process that was busy itself all the while does not take the value for late. */
const looks = 10

/** Rejects when the value takes longer. @param time milliseconds */
export async function within<T>(value: Promise<T>, time: number): Promise<T> {
  let looked = 0
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      looked++
      if (looked === looks) reject(new Error('the database is late'))
    }, time / looks)
  })
  try {
    return await Promise.race([value, late])
  } finally {
    clearInterval(timer)
  }
}
