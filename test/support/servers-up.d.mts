/** Types of the plain script beside this file, which Jest also runs by itself. */
declare function run(): Promise<void>;
export default run;
